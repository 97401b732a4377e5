package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Friends on pages whose policy forbids WebSockets, by each client that polls. */
interface PollingContract {
  String PAGE =
      "<!doctype html><meta charset=utf-8><title>Polling</title><ul id=friends></ul>"
          + "<script type=module src=/social.mjs></script>";

  Chromium chromium();

  PageServer pages();

  Rollcall rollcall();

  /** Returns two friends, whom no other test knows. */
  List<String> twoFriends();

  /** Returns every client with the options by which it polls; phoenix.js 1.7.0 has but one. */
  static Stream<Arguments> polling() {
    return ImportStyle.clients()
        .flatMap(
            importStyle ->
                Stream.of("longpoll", "fallback")
                    .filter(way -> importStyle.client().isPhoenix() || way.equals("fallback"))
                    .filter(
                        way ->
                            importStyle.client() != Client.PHOENIX_1_7_0 || way.equals("longpoll"))
                    .map(way -> Arguments.of(importStyle, way)));
  }

  private Page open(ImportStyle importStyle, String transport, String user, List<String> requests) {
    String server = "http://127.0.0.1:" + rollcall().port();
    String policy =
        "default-src 'none'; script-src 'self' %s; connect-src %s".formatted(server, server);
    String query =
        new TestPages(pages().origin(), rollcall(), importStyle)
            .social(user, "online")
            .replaceFirst("^[^?]*", "");
    Page page = chromium().visitor();
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(TestPages.by(transport, pages().write("text/html", PAGE, policy) + query));
    assertThat(page.locator("html")).hasAttribute("data-states", "1");
    return page;
  }

  private static Locator friend(Page page, String user) {
    return page.locator("[data-user='" + user + "']");
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.PollingContract#polling")
  default void whereWebSocketsAreForbiddenAFriendComesChangesIsThrownOutAndLeaves(
      ImportStyle importStyle, String transport) {
    chromium().tolerate("Content Security Policy");
    List<String> requests = new CopyOnWriteArrayList<>();
    List<String> both = twoFriends();
    String ada = both.get(0);
    String ben = both.get(1);
    Page adasPage = open(importStyle, transport, ada, requests);
    Page bensPage = open(importStyle, transport, ben, requests);
    assertThat(friend(adasPage, ben)).hasText("online");
    bensPage.evaluate("update('busy')");
    assertThat(friend(adasPage, ben)).hasText("busy");

    // His session is no more. His client comes back by itself, as it was when it came first.
    rollcall().disconnect(ben);
    assertThat(friend(adasPage, ben)).hasText("online");
    bensPage.evaluate("leave()");
    assertThat(friend(adasPage, ben)).hasCount(0);
    assertThat(requests).anyMatch(url -> url.contains("/socket/longpoll"));
    if (!importStyle.client().isPhoenix()) {
      assertThat(bensPage.evaluate("sessionStorage.getItem('rollcall:long-poll')"))
          .isEqualTo("true");
      assertThat(requests)
          .filteredOn(url -> url.contains("/socket/longpoll"))
          .noneMatch(url -> url.contains("token"));
    }
  }
}
