package org.rollcall.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.Snippets;

/** The custom elements, the examples and the lines of the documents. */
@Tag("browser")
@Timeout(90)
class WidgetIT extends OnServer
    implements CountWidgetContract,
        FriendsWidgetContract,
        WidgetLanguageContract,
        TokenRenewalContract,
        ExamplesContract,
        LibraryContract,
        OpenApiPageContract,
        FiveMinutesContract {
  @RegisterExtension static final Chromium CHROMIUM = Chromium.launch();
  @RegisterExtension static final PageServer PAGES = PageServer.start();

  private static final String DOCUMENTED = "https://app.example/rollcall/";

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.demo", "true",
            "rollcall.origins", "*",
            "rollcall.grace.away", "PT0.5S",
            "rollcall.counts.interval", "PT0.1S"));
  }

  @Override
  public Chromium chromium() {
    return CHROMIUM;
  }

  @Override
  public PageServer pages() {
    return PAGES;
  }

  static Stream<String> lines() {
    return Stream.of(Snippets.README, Snippets.page("widgets"))
        .flatMap(page -> Snippets.of(page, "html").stream());
  }

  /** Where the documents name an address for tokens, the page's site has one. */
  @ParameterizedTest(name = "{index}")
  @MethodSource("lines")
  void theDocumentsLinesAreLive(String block) {
    String user = newName();
    String tokens = PAGES.write("text/plain", rollcall().token(user), "");
    String lines =
        block
            .replace(DOCUMENTED, rollcall().address())
            .replace("http://localhost:8080/rollcall/", rollcall().address())
            .replace("\"/token\"", "\"" + tokens + "\"")
            .replace("user=\"7\"", "user=\"" + user + "\"");
    assertThat(lines).doesNotContain("app.example");
    Page page = CHROMIUM.visitor();
    String script =
        lines.contains("widget.js")
            ? ""
            : "<script type=module src=\"" + rollcall().address() + "widget.js\"></script>";
    page.navigate(
        PAGES.write(
            "text/html",
            "<!doctype html><title>Lines</title><link rel=icon href=data:,>" + script + lines,
            ""));
    page.waitForFunction(
        "() => { const all = [...document.querySelectorAll('rollcall-count, rollcall-friends')];"
            + " return all.length > 0 && all.every(one => one.getAttribute('state') === 'live') }");
  }
}
