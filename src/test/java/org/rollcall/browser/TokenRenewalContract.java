package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.TestToken;

/** A list of friends stays on its page for longer than a token is good. */
interface TokenRenewalContract extends Widgets {
  private static List<WebSocket> sockets(Page page) {
    List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    page.onWebSocket(sockets::add);
    return sockets;
  }

  private static void assertLive(Page page) {
    Widgets.assertLive(page.locator("rollcall-friends"), "websocket");
  }

  /** Waits until the page has opened a number of sockets and is live by the last. */
  private static void assertLive(Page page, List<WebSocket> sockets, int opened) {
    page.waitForCondition(() -> sockets.size() == opened);
    assertLive(page);
  }

  @ParameterizedTest
  @CsvSource({"600,1", "5,2"})
  default void aConnectionFetchesATokenUnlessTheLastOneIsGoodForLonger(int life, int fetches) {
    String ada = newName();
    Page page = chromium().visitor();
    List<WebSocket> sockets = sockets(page);
    AtomicInteger fetched = new AtomicInteger();
    page.route(
        "**/token-" + ada,
        route -> {
          fetched.incrementAndGet();
          String body = "{\"token\":\"" + rollcall().token(ada) + "\",\"expiresIn\":" + life + "}";
          route.fulfill(new FulfillOptions().setContentType("application/json").setBody(body));
        });
    String policy = policy("'self' " + server() + " " + server().replace("http", "ws"));
    open(page, "<rollcall-friends token-url=\"/token-" + ada + "\"></rollcall-friends>", policy);
    assertLive(page, sockets, 1);
    int before = fetched.get();
    rollcall().disconnect(ada);
    assertLive(page, sockets, 2);
    assertThat(fetched.get() - before).isEqualTo(fetches - 1);
  }

  @Test
  default void aTokenThatHasExpiredIsFollowedByTheNext() {
    chromium().tolerate("WebSocket connection");
    String ada = newName();
    String expired = TestToken.of(ada).endingIn(Duration.ofHours(-1)).text();
    Page page = open("<rollcall-friends></rollcall-friends>", policy());
    page.evaluate(
        """
        ([user, ...tokens]) => {
          const list = document.querySelector("rollcall-friends");
          list.setAttribute("user", user);
          list.token = async () => (tokens.length > 1 ? tokens.shift() : tokens[0]);
        }""",
        List.of(ada, expired, rollcall().token(ada)));
    assertLive(page);
  }

  @Test
  default void aNewTokenOfTheSameUserKeepsTheConnectionAndOneOfAnotherDoesNot() {
    String ada = newName();
    String ben = newName();
    String carla = newName();
    rollcall().befriend(ben, carla);
    Page page = chromium().visitor();
    List<WebSocket> sockets = sockets(page);
    String element = "<rollcall-friends token=\"%s\"></rollcall-friends>";
    open(page, element.formatted(rollcall().token(ada)), policy());
    assertLive(page, sockets, 1);
    String set = "token => document.querySelector('rollcall-friends').setAttribute('token', token)";
    page.evaluate(set, TestToken.of(ada).with("name", "\"Ada\"").text());
    rollcall().disconnect(ada);
    assertLive(page, sockets, 2);

    page.evaluate(set, rollcall().token(ben));
    assertLive(page, sockets, 3);
    assertThat(sockets.get(1).isClosed()).isTrue();
    open(element.formatted(rollcall().token(carla)), policy());
    assertThat(page.locator("rollcall-friends li [part=name]")).hasText(carla);
  }
}
