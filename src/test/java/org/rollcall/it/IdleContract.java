package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ShortFrame;
import org.rollcall.testing.TestToken;

/** Who counts as alive. Holds where {@code rollcall.idle=PT3S}. */
interface IdleContract extends Deployed {
  Duration IDLE = Duration.ofSeconds(3);

  private RawConnection open(String user) {
    RawConnection connection = RawConnection.to(site());
    String query = "vsn=2.0.0&token=" + TestToken.of(user).text();
    assertThat(connection.handshake(query).status()).isEqualTo(101);
    return connection;
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void assertAlive(RawConnection connection) {
    connection.sendText("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
    ShortFrame frame = connection.read();
    while (frame.opcode() != ShortFrame.TEXT) {
      assertThat(frame.opcode()).isNotEqualTo(ShortFrame.CLOSE);
      frame = connection.read();
    }
    assertThat(frame.text()).contains("phx_reply");
  }

  /** The server asks in time, as every client's library answers by itself. */
  @Test
  default void aClientThatOnlyAnswersPingsLives() {
    try (RawConnection connection = open("idle-answers")) {
      long begin = System.nanoTime();
      for (int pings = 0; pings < 4; pings++) {
        ShortFrame ping = connection.read();
        assertThat(ping.opcode()).isEqualTo(ShortFrame.PING);
        connection.send(new ShortFrame(ShortFrame.PONG, ping.payload()));
      }
      assertThat(since(begin)).isGreaterThan(IDLE.multipliedBy(2));
      assertAlive(connection);
    }
  }

  @Test
  default void aClientThatOnlyPingsLives() {
    try (RawConnection connection = open("idle-pings")) {
      long begin = System.nanoTime();
      byte[] mine = {1, 2, 3};
      while (since(begin).compareTo(IDLE.multipliedBy(3)) < 0) {
        connection.send(new ShortFrame(ShortFrame.PING, mine));
        ShortFrame frame = connection.read();
        assertThat(frame.opcode()).isEqualTo(ShortFrame.PONG);
        assertThat(frame.payload()).isEqualTo(mine);
        // The server's own ping is what the next one waits for.
        frame = connection.read();
        assertThat(frame.opcode()).isEqualTo(ShortFrame.PING);
        connection.send(new ShortFrame(ShortFrame.PONG, frame.payload()));
      }
      assertAlive(connection);
    }
  }

  @Test
  default void aClientThatAnswersNothingIsAskedOnceAndClosed() {
    try (RawConnection connection = open("idle-silent")) {
      long begin = System.nanoTime();
      assertThat(connection.read().opcode()).isEqualTo(ShortFrame.PING);
      ShortFrame close = connection.read();
      assertThat(close.opcode()).isEqualTo(ShortFrame.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1001);
      assertThat(since(begin)).isBetween(IDLE, IDLE.multipliedBy(3));
    }
  }
}
