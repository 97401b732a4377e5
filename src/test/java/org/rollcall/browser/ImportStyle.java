package org.rollcall.browser;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One way to write a page.
 *
 * @param client what it imports
 * @param way which pattern of code it uses
 * @param tokenWay how its socket shows a token
 */
record ImportStyle(Client client, Way way, String tokenWay) {
  /** Patterns of code. */
  enum Way {
    /** As the two articles have it, with state that the page keeps itself. */
    ARTICLE,
    /** The client's {@code Presence} on a joined channel. */
    PRESENCE
  }

  /** Returns every client with each pattern that it is made for. */
  static Stream<ImportStyle> all() {
    return Arrays.stream(Client.values())
        .flatMap(
            client ->
                Arrays.stream(Way.values())
                    .filter(way -> way == Way.PRESENCE || client.isPhoenix())
                    .map(way -> new ImportStyle(client, way, client.safestTokenWay())));
  }

  /** Returns every client once. */
  static Stream<ImportStyle> clients() {
    return all().filter(importStyle -> importStyle.way() == Way.PRESENCE);
  }

  /**
   * Returns every client once that comes back once after a heartbeat was not answered. {@code
   * @supabase/phoenix} 0.4.5 comes back twice: a timer of the connection that it gave up closes the
   * new one some 150 ms later, so its page is seen with two states for a moment only.
   */
  static Stream<ImportStyle> comingBack() {
    return clients().filter(importStyle -> importStyle.client() != Client.SUPABASE_0_4_5);
  }

  /** Returns every client with each of its options for a token. */
  static Stream<ImportStyle> tokenWays() {
    return Arrays.stream(Client.values())
        .flatMap(
            client ->
                client.tokenWays().stream()
                    .map(tokenWay -> new ImportStyle(client, Way.PRESENCE, tokenWay)));
  }

  @Override
  public String toString() {
    return client + ", " + way + ", " + tokenWay;
  }
}
