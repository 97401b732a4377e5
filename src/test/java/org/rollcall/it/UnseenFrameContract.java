package org.rollcall.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.RawConnection;

/**
 * Frames of which no end point is told, and clients that do not read: both are bounded alike on
 * every server.
 */
interface UnseenFrameContract extends Deployed {
  /** More than a client may send at once: 600 a second, for five seconds. */
  int FLOOD = 8000;

  /** A heartbeat in a frame of its own, not masked. */
  byte[] HEARTBEAT = "\u0081#[null,\"1\",\"phoenix\",\"heartbeat\",{}]".getBytes(ISO_8859_1);

  int EMPTY_PING = 0x89;
  int EMPTY_PONG = 0x8a;
  int EMPTY_PART = 0x00;
  int EMPTY_TEXT = 0x01;

  private RawConnection connect() {
    RawConnection connection = RawConnection.to(site());
    assertThat(connection.handshake("vsn=2.0.0").status()).isEqualTo(101);
    return connection;
  }

  private static void flood(RawConnection connection, int kind) {
    HeapCost.attempt(
        one -> {
          if (kind == EMPTY_PART) {
            one.sendPart(EMPTY_TEXT, 0, 0);
          }
          for (int i = 0; i < FLOOD; i++) {
            one.sendPart(kind, 0, 0);
          }
        },
        connection);
  }

  @ParameterizedTest
  @ValueSource(ints = {EMPTY_PING, EMPTY_PONG, EMPTY_PART})
  default void aFloodOfEmptyFramesIsClosedAsOne(int kind) {
    try (RawConnection connection = connect()) {
      flood(connection, kind);
      // On Payara pongs may wait too long before there are too many pings.
      assertThat(connection.closeCode()).isIn(1008, kind == EMPTY_PING ? 1013 : 1008);
    }
  }

  @Test
  default void aFrameThatIsNotMaskedEndsTheConnection() {
    try (RawConnection connection = connect()) {
      connection.sendBytes(HEARTBEAT);
      assertThat(connection.closeCode()).isEqualTo(1002);
    }
  }

  /** The close frame is not read, so the client has not answered it. */
  @Test
  default void theTcpConnectionOfAClosedClientThatDoesNotReadEndsSecondsLater() {
    try (RawConnection connection = connect()) {
      flood(connection, EMPTY_PONG);
      Await.until(() -> assertHungUp(connection));
    }
  }

  @Test
  default void theTcpConnectionOfAClientThatLeavesAndDoesNotReadEnds() {
    try (RawConnection connection = connect()) {
      connection.sendClose(1000);
      Await.until(() -> assertHungUp(connection));
    }
  }

  private static void assertHungUp(RawConnection connection) {
    assertThatThrownBy(() -> connection.sendPart(EMPTY_PONG, 0, 0))
        .isInstanceOf(UncheckedIOException.class);
  }
}
