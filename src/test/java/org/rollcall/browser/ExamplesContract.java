package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of examples. */
interface ExamplesContract extends Widgets {
  private static void waitUntilLive(Page page) {
    assertThat(page.locator("html")).hasAttribute("data-ready", "true");
    Locator elements = page.locator("rollcall-count, rollcall-friends");
    assertThat(page.locator("[state=live]")).hasCount(elements.count());
  }

  @ParameterizedTest
  @EnumSource
  default void everyExampleIsLiveWithoutBarriersAndFitsOnTheScreen(ScreenMode screenMode)
      throws IOException {
    rollcall().befriendDemo();
    Page page = chromium().visitor(screenMode.options());
    page.navigate(rollcall().address());
    page.getByTestId("examples").click();
    waitUntilLive(page);
    page.locator("#more").click();
    page.locator("#more").click();
    Locator ada = page.locator("[data-example=ada] li");
    assertThat(ada.locator("[part=name]")).hasText("Ben Okafor");
    page.locator("input[value=busy]").check();
    assertThat(ada.locator("[part=status]")).hasText("Busy");
    assertThat(page.locator("#how")).hasText("websocket");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screenshots/examples-" + screenMode + ".png"))
            .setFullPage(true));
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
    Widgets.assertNoBarriers(page);
  }

  @Test
  default void linesCopiedFromAnExampleAreLiveOnAnotherPage() {
    Page page = chromium().visitor();
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    page.navigate(rollcall().address() + "examples/");
    waitUntilLive(page);
    String script = copy(page, page.getByTestId("script"));
    assertThat(script)
        .isEqualTo(
            "<script type=\"module\" src=\"" + rollcall().address() + "widget.js\"></script>");
    for (Locator example : page.locator("[aria-label=Counters] .example").all()) {
      String code = copy(page, example.locator(".code").first());
      assertThat(code).contains("<rollcall-count").doesNotContain("state=", "transport=");
      Page other = chromium().visitor();
      other.navigate(
          pages()
              .write(
                  "text/html",
                  "<!doctype html><title>Copy</title><link rel=icon href=data:,>" + script + code,
                  ""));
      Widgets.assertLive(other.locator("rollcall-count").first(), "websocket");
      other.context().close();
    }
    for (String file : List.of("react.js", "vue.js", "redux.js")) {
      Locator box = page.locator("[data-file='" + file + "']");
      String served = page.request().get(rollcall().address() + "examples/" + file).text();
      assertThat(copy(page, box)).isEqualTo(served).contains("from \"rollcall-presence\"");
    }
    assertThat(copy(page, page.locator("[data-map]"))).contains(rollcall().address());
  }

  private static String copy(Page page, Locator box) {
    box.getByTestId("copy").click();
    assertThat(box.getByTestId("copy")).hasText("Copied");
    return (String) page.evaluate("navigator.clipboard.readText()");
  }
}
