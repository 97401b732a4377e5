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
record Setup(Client client, Way way, String tokenWay) {
  /** Patterns of code. */
  enum Way {
    /** As the two articles have it, with state that the page keeps itself. */
    ARTICLE,
    /** The client's {@code Presence} on a joined channel. */
    PRESENCE
  }

  /** Returns every client with each pattern that it is made for. */
  static Stream<Setup> all() {
    return Arrays.stream(Client.values())
        .flatMap(
            client ->
                Arrays.stream(Way.values())
                    .filter(way -> way == Way.PRESENCE || client.isPhoenix())
                    .map(way -> new Setup(client, way, client.safestTokenWay())));
  }

  /** Returns every client once. */
  static Stream<Setup> clients() {
    return all().filter(setup -> setup.way() == Way.PRESENCE);
  }

  /**
   * Returns every client once that comes back once after a heartbeat was not answered. {@code
   * @supabase/phoenix} 0.4.5 comes back twice: a timer of the connection that it gave up closes the
   * new one some 150 ms later, so its page is seen with two states for a moment only.
   */
  static Stream<Setup> comingBack() {
    return clients().filter(setup -> setup.client() != Client.SUPABASE_0_4_5);
  }

  /** Returns every client with each of its options for a token. */
  static Stream<Setup> tokenWays() {
    return Arrays.stream(Client.values())
        .flatMap(
            client ->
                client.tokenWays().stream()
                    .map(tokenWay -> new Setup(client, Way.PRESENCE, tokenWay)));
  }

  @Override
  public String toString() {
    return client + ", " + way + ", " + tokenWay;
  }
}
