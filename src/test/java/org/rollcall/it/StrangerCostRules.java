package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.RawConnection;

/**
 * How much of the server's memory a client holds that has said nothing of itself: less than 256 KB
 * of live objects for each connection, whatever it sends and does not read. Each figure is in the
 * log.
 */
interface StrangerCostRules extends Deployed {
  /** What a connection may cost at the very most. */
  long MOST = 256 << 10;

  int CONNECTIONS = 60;

  /** They bring as many topics as all clients of an address may. */
  int TOPICS_CONNECTIONS = 19;

  int TOPICS = 100;
  int TOPIC_LENGTH = 76;
  String LONG_REF = "r".repeat(126);

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

  private long cost(int connections, Consumer<RawConnection> worst) {
    return new HeapCost(this::open).of(connections, worst);
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

  /** Names in a script of two bytes, together as long as they may be. */
  @Test
  default void newTopicsAsManyAsAConnectionMayHave() {
    AtomicInteger numbers = new AtomicInteger();
    assertThat(cost(TOPICS_CONNECTIONS, one -> joinNewTopics(one, numbers))).isLessThan(MOST);
  }

  /** Reads on, or the server would close the connection as slow. */
  private static void joinNewTopics(RawConnection connection, AtomicInteger numbers) {
    Thread reader = new Thread(() -> HeapCost.attempt(RawConnection::drain, connection));
    reader.setDaemon(true);
    reader.start();
    for (int i = 0; i < TOPICS; i++) {
      String topic = "count:" + numbers.incrementAndGet() + ".";
      topic += "\u0645".repeat(TOPIC_LENGTH - topic.length());
      connection.sendText("[\"%d\",\"1\",\"%s\",\"phx_join\",{}]".formatted(i, topic));
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
    String heartbeat = "[null,\"%s\",\"phoenix\",\"heartbeat\",{}]".formatted(LONG_REF);
    assertThat(cost(CONNECTIONS / 3, one -> one.sendText(heartbeat, 2900))).isLessThan(MOST);
  }
}
