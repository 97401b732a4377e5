package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Drainer;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DrainTest {
  private final LocalNode node = LocalNode.start(Map.of());
  private final List<LocalPeer> peers = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Integer> left = new ArrayList<>();

  @AfterEach
  void stop() {
    node.close();
  }

  private void drain(int sockets, Duration longest) {
    for (int i = 0; i < sockets; i++) {
      peers.add(node.connect("2.0.0", Optional.of("u" + i), List.of()));
    }
    Drainer drainer =
        new Drainer(
            longest,
            time -> {
              pauses.add(time);
              left.add(node.node().sockets().size());
            });
    node.node().sockets().drain(drainer);
  }

  @Test
  void manySocketsAreClosedInBatchesAtUnevenMoments() {
    drain(200, Duration.ofSeconds(5));
    assertThat(left).containsExactly(175, 150, 125, 100, 75, 50, 25);
    assertThat(pauses)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(25), Duration.ofMillis(75)));
    assertThat(pauses.stream().distinct()).hasSizeGreaterThan(1);
    peers.forEach(peer -> assertThat(peer.closeCode()).isEqualTo(CloseCode.DRAINING));
  }

  @Test
  void theTimeIsAtMostWhatIsSet() {
    drain(200, Duration.ofMillis(100));
    assertThat(left).containsExactly(100);
  }

  @Test
  void fewSocketsDoNotWait() {
    drain(3, Duration.ofSeconds(5));
    assertThat(pauses).isEmpty();
  }

  @Test
  void aClientThatConnectsToAStoppingNodeIsClosed() {
    drain(0, Duration.ofSeconds(5));
    LocalPeer late = node.connect("2.0.0", Optional.of("late"), List.of());
    assertThat(late.closeCode()).isEqualTo(CloseCode.DRAINING);
    assertThat(node.node().sockets().size()).isZero();
  }

  @Test
  void aNodeThatServesAgainLetsIn() {
    drain(0, Duration.ofSeconds(5));
    node.node().sockets().serve();
    LocalPeer viewer = node.connect("2.0.0", Optional.empty(), List.of());
    viewer.send("[\"11\",\"1\",\"count:1\",\"phx_join\",{}]");
    assertThat(viewer.drain()).isNotEmpty();
  }
}
