package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** Clients that are silent, and clients that were not read because this process was held up. */
class PauseDetectorTest {
  private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";

  private final ManualNode node = new ManualNode(Map.of("rollcall.idle", "PT60S"));
  private final LocalPeer ada = node.connect(Optional.of("ada"));

  private void seconds(int number) {
    for (int i = 0; i < number; i++) {
      node.pass(Duration.ofSeconds(1));
      node.check();
    }
  }

  @Test
  void aClientSilentForAMinuteIsClosed() {
    seconds(60);
    assertThat(ada.isClosed()).isFalse();
    seconds(1);
    assertThat(ada.closeCode()).isEqualTo(CloseCode.IDLE);
  }

  @Test
  void aClientThatAnswersPingsStays() {
    for (int minute = 0; minute < 5; minute++) {
      seconds(45);
      assertThat(ada.pings()).isEqualTo(minute + 1);
      ada.pong();
    }
    seconds(60);
    assertThat(ada.isClosed()).isFalse();
    assertThat(ada.pings()).as("one, as none was answered").isEqualTo(6);
    seconds(1);
    assertThat(ada.closeCode()).isEqualTo(CloseCode.IDLE);
  }

  @Test
  void aClientThatSendsGetsNoPing() {
    for (int minute = 0; minute < 5; minute++) {
      seconds(44);
      ada.send(HEARTBEAT);
    }
    assertThat(ada.pings()).isZero();
  }

  @Test
  void pongsAreCountedLikeOtherFrames() {
    for (int i = 0; i < 5000; i++) {
      ada.pong();
    }
    node.pass(Duration.ZERO);
    assertThat(ada.closeCode()).isEqualTo(CloseCode.FLOOD);
  }

  @Test
  void aClientThatSentDuringThePauseStays() {
    seconds(1);
    node.pass(Duration.ofMinutes(10));
    node.check();
    seconds(3);
    assertThat(ada.isClosed()).isFalse();
    ada.send(HEARTBEAT);
    seconds(60);
    assertThat(ada.isClosed()).isFalse();
  }

  @Test
  void aClientLostDuringThePauseGetsAPingSecondsLaterAndIsClosed() {
    seconds(1);
    node.pass(Duration.ofMinutes(10));
    node.check();
    seconds(5);
    assertThat(ada.pings()).isEqualTo(1);
    assertThat(ada.isClosed()).isFalse();
    seconds(15);
    assertThat(ada.closeCode()).isEqualTo(CloseCode.IDLE);
  }
}
