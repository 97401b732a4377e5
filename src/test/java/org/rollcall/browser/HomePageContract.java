package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page at the root of a server whose demo is off. */
interface HomePageContract extends Widgets {
  private Page home(Page tab) {
    // Where origins are listed, those of the server's own pages are not among them unless the list
    // says so: the counter comes by server-sent events then.
    chromium().tolerate("Unexpected response code: 403");
    tab.navigate(rollcall().address());
    assertThat(tab.locator("rollcall-count")).hasAttribute("state", "live");
    return tab;
  }

  @Test
  default void itCountsItselfLive() {
    Page page = home(chromium().visitor());
    assertThat(page.getByTestId("live-count")).containsText("1 page like this one is open");
    Page other = home(chromium().visitor());
    assertThat(page.getByTestId("live-count")).containsText("2 pages like this one are open");
    assertThat(page.getByTestId("answer")).containsText("\"total\":2");
    other.close();
    assertThat(page.getByTestId("live-count")).containsText("1 page like this one is open");
  }

  @Test
  default void pagesOfTheDemoAreNotThere() {
    Page page = chromium().visitor();
    for (String path : List.of("docs", "docs/", "docs/settings.html", "examples/")) {
      assertThat(page.request().get(rollcall().address() + path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  default void copiedLinesHaveThisServersHost() {
    Page page = home(chromium().visitor());
    page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Locator buttons = page.getByTestId("copy");
    assertThat(buttons).hasCount(4);
    for (Locator button : buttons.all()) {
      button.click();
      assertThat(button).hasText("Copied");
      assertThat((String) page.evaluate("navigator.clipboard.readText()"))
          .contains("127.0.0.1:" + rollcall().port() + "/rollcall/")
          .doesNotContain("localhost:8080");
    }
    assertThat((String) page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo("curl " + rollcall().address() + "api/counts/count:home");
  }

  @ParameterizedTest
  @EnumSource
  default void itFitsOnEveryScreenAndHasNoBarriers(ScreenMode screenMode) throws IOException {
    Page page = home(chromium().visitor(screenMode.options()));
    assertThat(page.getByTestId("live-count")).containsText("open");
    new DemoPage(page).assertFits("target/screenshots/home-" + screenMode + ".png");
    Widgets.assertNoBarriers(page);
  }
}
