package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents that the WAR carries. */
interface DocsContract extends Widgets {
  @Test
  default void theDemoLeadsToTheDocumentsAndTheirAnchorsWork() {
    Page page = chromium().visitor();
    page.navigate(rollcall().address());
    page.getByTestId("docs").click();
    assertThat(page).hasURL(rollcall().address() + "docs/");
    page.locator(".menu").getByText("Settings").click();
    assertThat(page).hasURL(rollcall().address() + "docs/settings.html");
    assertThat(page.locator(".menu [aria-current]")).hasText("Settings");
    page.locator(".contents").getByText("Limits").click();
    assertThat(page).hasURL(Pattern.compile("#limits$"));
    assertThat(page.locator("h2#limits")).isInViewport();
    Locator menu = page.locator(".menu a");
    List<?> links = (List<?>) menu.evaluateAll("all => all.map(one => one.href)");
    assertThat(links).hasSizeGreaterThan(15);
    for (Object link : links) {
      APIResponse answer = page.request().get(link.toString());
      assertThat(answer.status()).as("%s", link).isEqualTo(200);
      assertThat(answer.headers())
          .containsAllEntriesOf(Map.of("content-type", "text/html;charset=UTF-8"))
          .containsKey("content-security-policy");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none.html",
        "settings.md",
        "markdown/settings.md",
        "site.xml",
        "..%2fweb.html",
        "adr/..%2f..%2fweb.html",
        "adr/../../WEB-INF/web.xml",
        "%2e%2e/WEB-INF/docs/site.xml"
      })
  default void nothingElseOfTheWarIsReadAsADocument(String path) {
    APIResponse answer = chromium().visitor().request().get(rollcall().address() + "docs/" + path);
    assertThat(answer.status()).isIn(400, 403, 404);
    assertThat(answer.text()).doesNotContain("<item name", "<web-app", "# Settings");
  }

  @ParameterizedTest
  @EnumSource
  default void aDocumentFitsOnEveryScreenAndHasNoBarriers(ScreenMode screenMode)
      throws IOException {
    Page page = chromium().visitor(screenMode.options());
    page.navigate(rollcall().address() + "docs/protocol.html");
    assertThat(page.getByTestId("document")).containsText("Channels");
    new DemoPage(page).assertFits("target/screenshots/docs-" + screenMode + ".png");
    Widgets.assertNoBarriers(page);
  }
}
