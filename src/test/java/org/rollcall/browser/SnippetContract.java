package org.rollcall.browser;

import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.Snippets;

/** The documents' lines for browsers do as the documents say, to the letter, on a real page. */
interface SnippetContract {
  /** Other users than those of other tests, each in two tests at most. */
  AtomicInteger USERS = new AtomicInteger(5000);

  /** Opens an empty page of an origin that may connect, for a new visitor. */
  Page blankPage();

  /** Returns the server. */
  Rollcall rollcall();

  /** Returns the lines for friends, each with a client that a page may import by them. */
  static Stream<Arguments> friends() {
    return lines(
        "new Presence",
        "user:7",
        Stream.of(Snippets.README, Snippets.PACKAGE, Snippets.page("clients"))
            .flatMap(page -> Snippets.of(page, "js").stream()));
  }

  /** Returns the lines for counts, likewise. */
  static Stream<Arguments> counts() {
    return lines(
        "onSync|onChange", "count:42", Snippets.of(Snippets.page("clients"), "js").stream());
  }

  private static Stream<Arguments> lines(String call, String topic, Stream<String> blocks) {
    return blocks
        .filter(block -> block.contains(topic) && block.matches("(?s).*(" + call + ").*"))
        .flatMap(
            block ->
                Stream.of(Client.values())
                    .filter(client -> fits(client, block))
                    .map(client -> Arguments.of(client, block)));
  }

  private static boolean fits(Client client, String block) {
    boolean own = block.matches("(?s).*from \"(/rollcall/presence.js|rollcall-presence)\".*");
    boolean known = !block.contains("authToken:") || client.tokenWays().contains("authToken");
    return own != client.isPhoenix() && known;
  }

  @ParameterizedTest(name = "{0}, {index}")
  @MethodSource("org.rollcall.browser.SnippetContract#friends")
  default void linesForFriendsShowAFriend(Client client, String block) {
    String one = Integer.toString(USERS.getAndIncrement());
    String other = Integer.toString(USERS.getAndIncrement());
    rollcall().befriend(one, other);
    Page page = run(client, block, one);
    String status = block.contains("\"away\"") ? "away" : "online";
    page.waitForFunction("user => has(user, '" + status + "')", one);
    run(client, block, other);
    page.waitForFunction("user => has(user, '" + status + "')", other);
    rollcall().disconnect(other);
  }

  @ParameterizedTest(name = "{0}, {index}")
  @MethodSource("org.rollcall.browser.SnippetContract#counts")
  default void linesForACountShowHowManyThereAre(Client client, String block) {
    String topic = "count:lines-" + USERS.getAndIncrement();
    String lines = block.replace("count:42", topic);
    Page page = run(client, lines, "");
    page.waitForFunction("window.shown === '1 viewers, 0 signed in'");
    Page other = run(client, lines, "");
    page.waitForFunction("window.shown === '2 viewers, 0 signed in'");
    other.close();
    page.waitForFunction("window.shown === '1 viewers, 0 signed in'");
  }

  /** Runs lines as a module, with the names that a bundler and the page's own site would give. */
  private Page run(Client client, String block, String user) {
    Page page = blankPage();
    page.evaluate(
        """
        token => Object.assign(window, {
          fetchToken: async () => token,
          show: (shown) => { window.shown = shown },
          has: (user, status) => (window.shown ?? []).some((one) => one.id === user && one.status === status),
        })""",
        user.isEmpty() ? "" : rollcall().token(user));
    String module = client.module(rollcall());
    String lines =
        block
            .replace("from \"phoenix\"", "from \"" + module + "\"")
            .replaceAll(
                "from \"(/rollcall/presence.js|rollcall-presence)\"", "from \"" + module + "\"")
            .replace("\"/rollcall/socket\"", "\"" + rollcall().endPoint() + "\"")
            .replace("user:7", "user:" + user);
    page.addScriptTag(new Page.AddScriptTagOptions().setType("module").setContent(lines));
    return page;
  }
}
