package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of the HTTP API, and its document as other tools read it. */
interface OpenApiPageContract extends Widgets {
  private Page openApi(ScreenMode screenMode) {
    Page page = chromium().visitor(screenMode.options());
    page.navigate(rollcall().address() + "examples/");
    page.getByTestId("openapi").click();
    assertThat(page.locator("html")).hasAttribute("data-ready", "true");
    return page;
  }

  /** Swagger UI's own contrasts and names are its makers'. */
  @ParameterizedTest
  @EnumSource
  default void everyOperationIsOnThePageWithoutBarriersOfOurs(ScreenMode screenMode)
      throws IOException {
    Page page = openApi(screenMode);
    assertThat(page).hasTitle("HTTP API – Rollcall");
    assertThat(page.locator(".opblock")).hasCount(operations(page));
    assertThat(page.locator("#ui .errors-wrapper")).hasCount(0);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target/screenshots/openapi-" + screenMode + ".png")));
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
    Widgets.assertNoBarriers(page, "#ui");
  }

  private static int operations(Page page) {
    return (int)
        page.evaluate(
            "async () => Object.values((await (await fetch('../openapi')).json()).paths)"
                + ".flatMap(path => Object.keys(path)).filter(key => key !== 'parameters').length");
  }

  @Test
  default void oneTriesAnOperationAsAnAdministratorByTheKeyboard() {
    Page page = openApi(ScreenMode.LIGHT);
    page.getByTestId("administrator").focus();
    page.keyboard().press("Enter");
    assertThat(page.getByTestId("who")).hasText("You are user 1, an administrator, for an hour.");
    Locator friends = page.locator("#operations-friends-friends");
    friends.locator(".opblock-summary-control").focus();
    page.keyboard().press("Enter");
    // Swagger UI shows the button before it has read the operation.
    assertThat(friends.locator(".execute")).isVisible();
    assertThat(friends.locator(".opblock-loading-animation")).hasCount(0);
    friends.locator(".execute").focus();
    page.keyboard().press("Enter");
    assertThat(friends.locator(".live-responses-table .response-col_status").last())
        .containsText("200");
    assertThat(friends.locator(".request-url")).containsText("/rollcall/api/users/7/friends");
  }

  @Test
  default void otherToolsTakeTheDocumentAsJsonAndAsYaml() throws Exception {
    Process node =
        new ProcessBuilder("node", "src/test/js/openapi.mjs", rollcall().address() + "openapi")
            .redirectErrorStream(true)
            .start();
    node.getOutputStream().close();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(output).isZero();
    assertThat(output).endsWith(" paths\n");
  }
}
