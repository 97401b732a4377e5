package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.WrongSetting;
import org.rollcall.infinispan.TcpClusterFixture.Outcome;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** Nodes over TCP on the loopback address, by the stack that operators get. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StartTest {
  private static final Topic ROOM = new Topic("room:1");

  private final TcpClusterFixture nodes = new TcpClusterFixture();

  private static void awaitShared(LocalNode one, LocalNode two) {
    one.node().tracker().track(ROOM, "ada", Meta.of(1, ""), () -> true);
    Await.until(() -> assertThat(two.node().tracker().list(ROOM).metas()).containsOnlyKeys("ada"));
  }

  @Test
  void nodesOverTcpAreOneCluster() {
    try (LocalNode one = nodes.start(0, Map.of());
        LocalNode two = nodes.start(1, Map.of())) {
      awaitShared(one, two);
      assertThat(two.node().caches().registry().names().values())
          .containsExactly("node-0", "node-1");
    }
  }

  @Test
  void nodesThatStartAtOnceAreOneCluster() {
    try (Outcome outcome = nodes.startAtOnce(Map.of(0, Map.of(), 1, Map.of(), 2, Map.of()))) {
      assertThat(outcome.failures()).isEmpty();
      ClusterFixture.awaitView(outcome.up());
    }
  }

  @Test
  void nothingListensBeyondLoopbackUnlessToldTo() {
    try (LocalNode one = nodes.start(0, Map.of())) {
      ProtocolStack stack = ClusterFixture.channel(one).getProtocolStack();
      assertThat(stack.getTransport().getBindAddress().isLoopbackAddress()).isTrue();
      FD_SOCK2 detector = stack.findProtocol(FD_SOCK2.class);
      assertThat(detector.getBindAddress().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void nodesWithTheSameSecretAreOneCluster() {
    Map<String, String> secret = Map.of("rollcall.cluster.secret", "correct horse battery");
    try (LocalNode one = nodes.start(0, secret);
        LocalNode two = nodes.start(1, secret)) {
      awaitShared(one, two);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    int port = nodes.port(0);
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> nodes.start(0, Map.of()))
          .isInstanceOf(WrongSetting.class)
          .hasMessageContaining(Integer.toString(port));
    }
  }
}
