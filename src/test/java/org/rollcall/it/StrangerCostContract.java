package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * How much of the server's memory an anonymous client holds: less than 256 KB of live objects for
 * each connection, whatever it sends or does not read. Each figure is in the log.
 */
interface StrangerCostContract extends Deployed {
  /** The most bytes that a connection may cost. */
  long MOST = 256 << 10;

  int CONNECTIONS = 60;

  /** Together they bring as many topics as all clients of an address may. */
  int CONNECTIONS_OF_ADDRESS = 19;

  int TOKEN_BYTES = 6000;

  int TOPICS = 100;
  int TOPIC_LENGTH = 76;

  /** Its answer is long, too. */
  String HEARTBEAT = "[null,\"%s\",\"phoenix\",\"heartbeat\",{}]".formatted("r".repeat(126));

  int TEXT = 0x1;
  int BINARY = 0x2;
  int CONTINUATION = 0x0;
  int PING = 0x89;
  int LAST = 0x80;

  private RawConnection open() {
    RawConnection connection = RawConnection.to(site());
    assertThat(connection.handshake("vsn=2.0.0").status()).isEqualTo(101);
    return connection;
  }

  /** Opens connections of one address after the other, so that each may bring its topics. */
  private Supplier<RawConnection> ofManyAddresses() {
    AtomicInteger opened = new AtomicInteger();
    return () -> {
      int address = 2 + opened.getAndIncrement() / CONNECTIONS_OF_ADDRESS;
      RawConnection connection = RawConnection.to(site(), "127.0.0." + address);
      assertThat(connection.handshake("vsn=2.0.0").status()).isEqualTo(101);
      return connection;
    };
  }

  private long cost(int connections, Consumer<RawConnection> worst) {
    return new HeapCost(this::open).of(connections, worst);
  }

  /**
   * Only the handshake needs the token. A connection whose request the server kept cost 87 KB on
   * Payara and 57 KB on WildFly; without the copies of the token it is about half.
   */
  @Test
  default void aTokenDoesNotStayInTheServersMemory() {
    AtomicInteger users = new AtomicInteger();
    String padding = "p".repeat(TOKEN_BYTES * 3 / 4);
    HeapCost cost =
        new HeapCost(
            () -> {
              String claims =
                  "{\"sub\":\"holder-%d\",\"exp\":%d,\"padding\":\"%s\"}"
                      .formatted(users.incrementAndGet(), Long.MAX_VALUE / 1_000_000_000, padding);
              RawConnection connection = RawConnection.to(site());
              String query = "vsn=2.0.0&token=" + TestToken.signed(claims);
              assertThat(connection.handshake(query).status()).isEqualTo(101);
              return connection;
            });
    assertThat(cost.of(CONNECTIONS, one -> {})).isLessThan(9 * TOKEN_BYTES);
  }

  @Test
  default void aFrameThatIsHugeAndNeverEnds() {
    assertThat(cost(CONNECTIONS, one -> one.sendPart(LAST | TEXT, 4_000_000, 1_000_000)))
        .isLessThan(MOST);
  }

  @Test
  default void aFrameWithinTheLimitThatNeverEnds() {
    assertThat(cost(CONNECTIONS, one -> one.sendPart(LAST | BINARY, 65_000, 64_999)))
        .isLessThan(MOST);
  }

  @Test
  default void aMessageThatNeverEnds() {
    assertThat(cost(CONNECTIONS, one -> one.sendPart(TEXT, 65_000, 65_000))).isLessThan(MOST);
  }

  @Test
  default void aMessageOfManyPartsThatNeverEnds() {
    assertThat(
            cost(
                CONNECTIONS,
                one -> {
                  one.sendPart(TEXT, 0, 0);
                  for (int i = 0; i < 500; i++) {
                    one.sendPart(CONTINUATION, 130, 130);
                  }
                }))
        .isLessThan(MOST);
  }

  @Test
  default void aFrameThatIsTooLongIsClosedAsThatOnEveryServer() {
    for (long length : new long[] {30_000, 100_000, 4_500_000, 10_000_000}) {
      try (RawConnection one = open()) {
        HeapCost.attempt(cut -> cut.sendPart(LAST | BINARY, length, 30_000), one);
        assertThat(one.closeCode()).as("code for %s bytes", length).isEqualTo(1009);
      }
    }
  }

  @Test
  default void pingsWhoseAnswersAreNotRead() {
    assertThat(cost(3, HeapCost.busy(one -> one.sendPart(PING, 125, 125)))).isLessThan(MOST);
  }

  /**
   * Names in a script of two bytes, together as long as they may be; then answers that are not
   * read, and a frame that lacks its end.
   */
  @Test
  default void allThatAConnectionMayHaveAtOnce() {
    AtomicInteger numbers = new AtomicInteger();
    Consumer<RawConnection> worst =
        one -> {
          joinNewTopics(one, numbers);
          one.sendText(HEARTBEAT, 2900);
          one.sendPart(LAST | TEXT, 8100, 8000);
        };
    HeapCost cost = new HeapCost(ofManyAddresses());
    // The first wave makes the threads of the container and their buffers.
    cost.of(CONNECTIONS, worst);
    long each = cost.of(CONNECTIONS, worst);
    assertThat(numbers).hasValue(2 * (CONNECTIONS + 1) * TOPICS);
    assertThat(each).isLessThan(MOST);
  }

  private static void joinNewTopics(RawConnection connection, AtomicInteger numbers) {
    for (int i = 0; i < TOPICS; i++) {
      String topic = "count:" + numbers.incrementAndGet() + ".";
      topic += "\u0645".repeat(TOPIC_LENGTH - topic.length());
      connection.sendText("[\"%d\",\"1\",\"%s\",\"phx_join\",{}]".formatted(i, topic));
      connection.skipTo("\"status\":\"ok\"");
    }
  }

  @Test
  default void refusedJoinsOfTopicsAsLongAsAMessageWhoseAnswersAreNotRead() {
    String topic = "y".repeat(8000);
    assertThat(
            cost(
                CONNECTIONS / 3,
                one -> {
                  for (int i = 0; i < 200; i++) {
                    one.sendText("[\"1\",\"1\",\"" + i + topic + "\",\"phx_join\",{}]");
                  }
                }))
        .isLessThan(MOST);
  }

  @Test
  default void heartbeatsWhoseAnswersAreNotRead() {
    assertThat(cost(CONNECTIONS / 3, one -> one.sendText(HEARTBEAT, 2900))).isLessThan(MOST);
  }
}
