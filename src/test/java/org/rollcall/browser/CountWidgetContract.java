package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.WebSocketRoute;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A live counter on pages of another origin. */
interface CountWidgetContract extends Widgets {
  private static String count(String topic, String more) {
    return "<rollcall-count topic=\"count:"
        + topic
        + "\" "
        + more
        + "><i>nobody knows</i></rollcall-count>";
  }

  private static Locator counter(Page page) {
    return page.locator("rollcall-count").first();
  }

  /** Returns the part of a counter that is what the page's own content is, or else the number. */
  private static Locator part(Page page, String selector) {
    return counter(page).locator(selector);
  }

  @Test
  default void underAStrictPolicyItIsLiveAndWithoutBarriers() throws IOException {
    String topic = newName();
    String tracked = count(topic, "track label-one='{n} reader' label-other='{n} readers'");
    Page page = open("<p>Now: " + tracked + " of this</p>", policy());
    Widgets.assertLive(counter(page), "websocket");
    assertThat(part(page, "[part=base]")).hasText("1 reader");
    Page other = open(count(topic, "track"), policy());
    assertThat(part(page, "[part=base]")).hasText("2 readers");
    other.context().close();
    assertThat(part(page, "[part=base]")).hasText("1 reader");
    Widgets.assertNoBarriers(page);
  }

  @Test
  default void withoutWebSocketsItComesByEventsAndIsCounted() {
    chromium().tolerate("violates the following Content Security Policy");
    String topic = newName();
    Page page = open(count(topic, "track"), policy(server()));
    Widgets.assertLive(counter(page), "events");
    Widgets.assertTotal(page, 1);
    Page other = open(count(topic, "track"), policy());
    Widgets.assertTotal(page, 2);
    other.context().close();
    Widgets.assertTotal(page, 1);
  }

  @Test
  default void withoutEventsTooItPollsWithAnEntityTag() {
    chromium().tolerate("violates the following Content Security Policy");
    String topic = newName();
    open(count(topic, "track"), policy());
    Page page = chromium().visitor();
    CDPSession session = page.context().newCDPSession(page);
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    session.send("Network.enable");
    session.on(
        "Network.responseReceivedExtraInfo",
        (JsonObject info) -> statuses.add(info.get("statusCode").getAsInt()));
    open(page, count(topic, "track"), policy(server() + "/rollcall/api/counts"));
    Widgets.assertLive(counter(page), "polling");
    Widgets.assertTotal(page, 1);
    assertThat(statuses).doesNotContain(304);
    // Asks again at once.
    page.evaluate("document.querySelector('rollcall-count').removeAttribute('track')");
    page.waitForCondition(() -> statuses.contains(304));
    Widgets.assertTotal(page, 1);
  }

  @Test
  default void tenOnOnePageShareOneConnectionWhichEndsWithTheLast() {
    Page page = chromium().visitor();
    List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    page.onWebSocket(sockets::add);
    String topic = newName();
    String ten =
        IntStream.range(0, 10)
            .mapToObj(i -> count(topic + "-" + i % 4, i == 0 ? "track" : ""))
            .collect(Collectors.joining());
    open(page, ten, policy());
    page.waitForFunction(
        "() => [...document.querySelectorAll('rollcall-count')].filter(one => one.counts).length === 10");
    Widgets.assertTotal(page, 1);
    assertThat(sockets).hasSize(1);

    // As React up to 18 writes that a page is not counted.
    page.evaluate("document.querySelector('rollcall-count').setAttribute('track', 'false')");
    Widgets.assertTotal(page, 0);
    page.evaluate("document.querySelector('rollcall-count').setAttribute('track', '')");
    Widgets.assertTotal(page, 1);
    // An element that a page only moves stays counted on its connection.
    page.evaluate("document.body.append(document.querySelector('rollcall-count'))");
    page.evaluate("document.querySelector('main').replaceChildren()");
    Widgets.assertTotal(page, 1);
    assertThat(sockets).hasSize(1);
    assertThat(sockets.get(0).isClosed()).isFalse();

    page.evaluate("document.querySelector('rollcall-count').remove()");
    page.waitForCondition(() -> sockets.get(0).isClosed());
    Page other = open(count(topic + "-0", ""), policy());
    Widgets.assertTotal(other, 0);
    assertThat(sockets).hasSize(1);
  }

  @Test
  default void anotherTopicIsShownOnTheSameConnection() {
    String topic = newName();
    open(count(topic + "-b", "track"), policy());
    Page page = chromium().visitor();
    List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    page.onWebSocket(sockets::add);
    open(page, count(topic + "-a", ""), policy());
    Widgets.assertTotal(page, 0);
    page.evaluate(
        "topic => document.querySelector('rollcall-count').setAttribute('topic', topic)",
        "count:" + topic + "-b");
    Widgets.assertTotal(page, 1);
    assertThat(sockets).hasSize(1);
  }

  @Test
  default void whileTheServerIsAwayThePagesOwnContentIsShown() {
    chromium().tolerate("ERR_INTERNET_DISCONNECTED");
    chromium().tolerate("WebSocket connection");
    // The page asks for a sign of life as it goes offline, and Playwright may be closing the route
    // behind it by then.
    chromium().tolerate("already in CLOSING or CLOSED state");
    Page page = chromium().visitor();
    List<WebSocketRoute> routes = new CopyOnWriteArrayList<>();
    AtomicBoolean away = new AtomicBoolean();
    page.routeWebSocket(
        Pattern.compile("/socket/websocket"),
        route -> {
          if (away.get()) {
            route.close();
          } else {
            routes.add(route);
            routes.add(route.connectToServer());
          }
        });
    open(page, count(newName(), "track"), policy());
    Widgets.assertLive(counter(page), "websocket");
    assertThat(page.getByText("nobody knows")).isHidden();

    away.set(true);
    page.context().setOffline(true);
    routes.forEach(WebSocketRoute::close);
    assertThat(counter(page)).hasAttribute("state", "away");
    assertThat(page.locator("rollcall-count[transport]")).hasCount(0);
    assertThat(page.getByText("nobody knows")).isVisible();
    assertThat(part(page, "[part=base]")).isHidden();

    away.set(false);
    page.context().setOffline(false);
    Widgets.assertLive(counter(page), "websocket");
    Widgets.assertTotal(page, 1);
    assertThat(page.getByText("nobody knows")).isHidden();
  }

  @Test
  default void hostileTextsStayTexts() {
    String hostile = "&lt;img src=x onerror=&quot;window.hit=1&quot;&gt;";
    String topic = newName();
    String label = "label=\"" + hostile + "\" label-zero=\"" + hostile + "{n}\"";
    Page page =
        open(
            count(topic, label + " lang=\"" + hostile + "\" show=\"__proto__\"")
                + "<rollcall-count id=\"wrong\" topic=\""
                + hostile
                + "\" track><i>not here</i></rollcall-count>"
                + "<rollcall-count topic=\"count:"
                + "x".repeat(9000)
                + "\" track>nor here</rollcall-count><rollcall-count>nor here</rollcall-count>"
                + "<rollcall-count topic=\"user:7\" track>nor here</rollcall-count>",
            policy());
    Widgets.assertLive(counter(page), "websocket");
    assertThat(part(page, "[part=base]")).hasText("<img src=x onerror=\"window.hit=1\">0");
    assertThat(page.locator("[state=refused]")).hasCount(4);
    assertThat(page.getByText("not here")).isVisible();
    assertThat(page.locator("img")).hasCount(0);
    assertThat(page.evaluate("window.hit")).isNull();
  }

  @Test
  default void aScreenReaderHearsAChangeOnceIn30Seconds() {
    String topic = newName();
    Page page = chromium().visitor();
    page.clock().install();
    open(page, count(topic, "track label=here"), policy());
    Locator spoken = part(page, "[role=status]");
    assertThat(spoken).hasText("1 here");
    open(count(topic, "track"), policy());
    assertThat(part(page, "[part=base]")).hasText("2 here");
    assertThat(spoken).hasText("1 here");
    page.clock().fastForward(31_000);
    assertThat(spoken).hasText("2 here");
  }

  @Test
  default void nothingOnThePageMovesWhenTheNumberComes() {
    Page page = chromium().visitor();
    page.addInitScript(
        "window.shifts = [];"
            + "new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(({ value }) => value)))"
            + ".observe({ type: 'layout-shift', buffered: true })");
    String topic = newName();
    open(page, "<p>" + count(topic, "track label='read this'") + "</p><p>more</p>", policy());
    Widgets.assertTotal(page, 1);
    open(count(topic, "track"), policy());
    Widgets.assertTotal(page, 2);
    assertThat((List<?>) page.evaluate("window.shifts")).isEmpty();
  }
}
