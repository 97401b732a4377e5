package org.rollcall.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A headless Chromium for the tests of one class. Every visitor gets a context, so that no two
 * share anything but the server; all contexts end with the test.
 *
 * <p>A test fails if one of its pages reports an error, be it an exception, a resource that does
 * not load or a violation of the content security policy, unless the test {@linkplain #tolerate
 * expects} it.
 */
final class Chromium implements AfterEachCallback, AfterAllCallback {
  private static final String EXECUTABLE =
      System.getProperty("browser.executable", "/usr/bin/chromium");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final double PATIENCE_MILLIS = 20_000;

  private final Playwright playwright;
  private final Browser browser;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> tolerated = new ArrayList<>();

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium launch() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Chromium(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(EXECUTABLE))
                    .setArgs(FLAGS)));
  }

  /** Opens an empty page for a new visitor. */
  Page visitor() {
    return visitor(new Browser.NewContextOptions());
  }

  /** Opens an empty page for a new visitor with a certain screen, theme or language. */
  Page visitor(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    contexts.add(context);
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    context.onWebError(error -> complaints.add(error.error()));
    return context.newPage();
  }

  /** Lets a test pass although a page reports errors that contain this text. */
  void tolerate(String text) {
    tolerated.add(text);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<String> unexpected =
        complaints.stream()
            .filter(complaint -> tolerated.stream().noneMatch(complaint::contains))
            .toList();
    contexts.forEach(BrowserContext::close);
    contexts.clear();
    complaints.clear();
    tolerated.clear();
    assertThat(unexpected).as("errors that the pages report").isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    browser.close();
    playwright.close();
  }
}
