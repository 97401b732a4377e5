package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.WrongSetting;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** Nodes over TCP on the loopback address, by the stack that operators get. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StartTest {
  private static final Topic ROOM = new Topic("room:1");

  private final int[] ports = {free(), free()};

  /** Returns a port below those that the system gives away, free like the one 100 above. */
  private static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket one = new ServerSocket(port, 1, loopback);
          ServerSocket other = new ServerSocket(port + 100, 1, loopback)) {
        return one.isBound() && other.isBound() ? port : 0;
      } catch (IOException e) {
        // Taken: another one.
      }
    }
  }

  private LocalNode start(int number, Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "rollcall.cluster",
                "tcp",
                "rollcall.cluster.port",
                Integer.toString(ports[number]),
                "rollcall.cluster.hosts",
                "127.0.0.1[" + ports[0] + "],127.0.0.1[" + ports[1] + "]",
                "rollcall.node",
                "node-" + number));
    settings.putAll(more);
    return LocalNode.start(settings);
  }

  private static void awaitShared(LocalNode one, LocalNode two) {
    one.node().tracker().track(ROOM, "ada", Meta.of(1, ""), () -> true);
    Await.until(() -> assertThat(two.node().tracker().list(ROOM).metas()).containsOnlyKeys("ada"));
  }

  @Test
  void nodesOverTcpAreOneCluster() {
    try (LocalNode one = start(0, Map.of());
        LocalNode two = start(1, Map.of())) {
      awaitShared(one, two);
      assertThat(two.node().caches().names().values()).containsExactly("node-0", "node-1");
    }
  }

  @Test
  void nothingListensBeyondLoopbackUnlessToldTo() {
    try (LocalNode one = start(0, Map.of())) {
      ProtocolStack stack = Nodes.channel(one).getProtocolStack();
      assertThat(stack.getTransport().getBindAddress().isLoopbackAddress()).isTrue();
      FD_SOCK2 detector = stack.findProtocol(FD_SOCK2.class);
      assertThat(detector.getBindAddress().isLoopbackAddress()).isTrue();
    }
  }

  @Test
  void nodesWithTheSameSecretAreOneCluster() {
    Map<String, String> secret = Map.of("rollcall.cluster.secret", "correct horse battery");
    try (LocalNode one = start(0, secret);
        LocalNode two = start(1, secret)) {
      awaitShared(one, two);
    }
  }

  @Test
  void aNodeWithAnotherSecretDoesNotStart() {
    try (LocalNode one = start(0, Map.of("rollcall.cluster.secret", "correct horse battery"))) {
      for (Map<String, String> wrong :
          List.of(
              Map.of("rollcall.cluster.secret", "another horse battery"),
              Map.<String, String>of())) {
        assertThatThrownBy(() -> start(1, wrong))
            .isInstanceOf(WrongSetting.class)
            .hasMessageStartingWith("rollcall.cluster.secret: expected the same secret");
        assertThat(one.node().caches().members().up()).hasSize(1);
      }
    }
  }

  @Test
  void aSecondNodeOfTheSameNameDoesNotStart() {
    try (LocalNode one = start(0, Map.of())) {
      assertThatThrownBy(() -> start(1, Map.of("rollcall.node", "node-0")))
          .isInstanceOf(WrongSetting.class)
          .hasMessageStartingWith("rollcall.node: expected a name that no other node has");
      Await.until(() -> assertThat(one.node().caches().members().up()).hasSize(1));
    }
  }

  @Test
  void aNodeWithAnotherLayoutDoesNotStart() {
    try (LocalNode one = start(0, Map.of())) {
      one.node().caches().register().pretend("7 node-0");
      assertThatThrownBy(() -> start(1, Map.of()))
          .isInstanceOf(WrongSetting.class)
          .hasMessageContaining("node-0 with layout 7: stop all nodes");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(ports[0], 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> start(0, Map.of()))
          .isInstanceOf(WrongSetting.class)
          .hasMessageContaining(Integer.toString(ports[0]));
    }
  }
}
