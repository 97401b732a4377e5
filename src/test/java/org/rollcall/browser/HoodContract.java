package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo's drawer "Under the hood". */
interface HoodContract extends Widgets {
  Pattern PRECISE_CLOCK = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d");

  private DemoPage opened(Page tab) {
    DemoPage.openStage(tab, rollcall(), "1");
    tab.getByTestId("hood-toggle").click();
    return new DemoPage(tab);
  }

  @Test
  default void theLastTwentyFramesHaveADirectionATimeAndTheirJson() {
    DemoPage page = opened(chromium().visitor());
    DemoPage ben = page.screenOf("2");
    for (String status : List.of("busy", "away", "online", "busy", "away", "online", "busy")) {
      ben.become(status);
    }
    Locator frames = page.part("frame");
    assertThat(frames).hasCount(20);
    Locator sent = frames.filter(new Locator.FilterOptions().setHasText("update")).first();
    assertThat(sent.locator("[aria-label=sent]")).hasCount(1);
    assertThat(sent.locator("time")).hasText(PRECISE_CLOCK);
    assertThat(frames.locator("[aria-label=received]").first()).isVisible();
    sent.getByRole(AriaRole.BUTTON).click();
    assertThat(page.part("frame-json"))
        .hasText(
            Pattern.compile(
                "\\[\"\\d+\", \"\\d+\", \"user:2\", \"update\",\n"
                    + "  \\{ ?\\s*\"status\": \"busy\",\\s+\"device\": \"[^\"]+\"\\s*\\}\n\\]"));
  }

  @Test
  default void framesThatAPollingPageSendsAndGetsAreThereToo() {
    Page tab = chromium().visitor();
    List<String> requests = new CopyOnWriteArrayList<>();
    tab.onRequest(request -> requests.add(request.url()));
    tab.onWebSocket(socket -> requests.add(socket.url()));
    tab.addInitScript("sessionStorage.setItem('rollcall:long-poll', 'true')");
    DemoPage page = opened(tab);
    page.screenOf("2").become("busy");
    Locator updates =
        page.part("frame").filter(new Locator.FilterOptions().setHasText("update")).first();
    assertThat(updates.locator("[aria-label=sent]")).hasCount(1);
    assertThat(page.part("frame").locator("[aria-label=received]").first()).isVisible();
    assertThat(requests)
        .anyMatch(url -> url.contains("/socket/longpoll"))
        .noneMatch(url -> url.contains("/socket/websocket"));
    // A page that polls has no word for good-bye: another test would find its people here, for 25
    // seconds.
    tab.navigate(rollcall().address() + "presence.js");
    List.of("1", "2").forEach(rollcall()::disconnect);
  }

  @Test
  default void noFrameShowsAToken() {
    Page tab = chromium().visitor();
    DemoPage page = opened(tab);
    assertThat(page.part("frame").first()).isVisible();
    String token = rollcall().token("1");
    String redacted =
        (String)
            tab.evaluate(
                "async token => { const { redact } = await import('./demo/trace.js');"
                    + " return JSON.stringify(redact({ topic: 'user:1', payload: [{"
                    + " access_token: 'plain', note: `mine is ${token}.`, n: 1, no: null }] })) }",
                token);
    assertThat(redacted)
        .isEqualTo(
            "{\"topic\":\"user:1\",\"payload\":[{\"access_token\":\"(not shown)\","
                + "\"note\":\"mine is (not shown).\",\"n\":1,\"no\":null}]}");
    // The hostile way: as the note of a friend.
    page.screenOf("2").note(token.substring(0, 70));
    assertThat(page.part("frames")).containsText("update");
    assertThat(page.part("hood")).not().containsText("eyJ");
    Locator update =
        page.part("frame").filter(new Locator.FilterOptions().setHasText("update")).first();
    update.locator("button").click();
    assertThat(page.part("frame-json")).containsText("(not shown)");
    assertThat(page.part("hood")).not().containsText("eyJ");
  }

  /** On another page of the server, as a token of the demo is for no other site. */
  @Test
  default void theEightLinesDrawTheList() {
    DemoPage page = opened(chromium().visitor());
    page.screenOf("2").become("busy");
    String lines = page.part("lines").textContent();
    assertThat(lines.lines()).hasSize(8);
    Page other = DemoPage.open(chromium().visitor(), rollcall(), "3").page();
    String script = rollcall().address() + "lines.js";
    other.route(
        script,
        route ->
            route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody(lines)));
    other.evaluate(
        "document.body.append(Object.assign(document.createElement('p'), {id: 'friends'}))");
    other.addScriptTag(new Page.AddScriptTagOptions().setUrl(script).setType("module"));
    assertThat(other.locator("#friends")).containsText("2 is busy.");
    page.screenOf("2").become("away");
    assertThat(other.locator("#friends")).containsText("2 is away.");
  }

  @Test
  default void theCommandHasTheRealHostAndItsAnswerStandsBelow() {
    Page tab = chromium().visitor();
    tab.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    DemoPage page = opened(tab);
    String url = rollcall().address() + "api/counts/count:demo";
    page.part("copy-curl").click();
    assertThat(page.part("copy-curl")).hasText("Copied");
    assertThat(tab.evaluate("navigator.clipboard.readText()")).isEqualTo("curl " + url);
    assertThat(page.part("answer")).containsText("\"topic\": \"count:demo\"");
    for (Locator link : page.part("links").locator("a").all()) {
      assertThat(tab.request().get((String) link.evaluate("link => link.href")).status())
          .isEqualTo(200);
    }
    page.part("viewer-add").click();
    assertThat(page.part("answer")).containsText("\"total\": 4");
  }

  @ParameterizedTest
  @EnumSource
  default void theDrawerFitsHasNoBarriersAndClosesByTheKeyboard(ScreenMode screenMode)
      throws IOException {
    DemoPage page = opened(chromium().visitor(screenMode.options()));
    assertThat(page.part("answer")).containsText("total");
    Widgets.assertNoBarriers(page.page());
    page.assertFits("target/screenshots/hood-" + screenMode + ".png");
    page.part("frame").first().locator("button").focus();
    page.page().keyboard().press("Escape");
    assertThat(page.part("frames")).isHidden();
    assertThat(page.part("hood-toggle")).isFocused();
    assertThat(page.part("hood-toggle")).hasAttribute("aria-expanded", "false");
  }
}
