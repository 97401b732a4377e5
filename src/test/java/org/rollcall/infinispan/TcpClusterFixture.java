package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.PresenceView;

/** Up to three nodes over TCP on the loopback address, by the stack that operators get. */
public final class TcpClusterFixture {
  private final int[] ports = {free(), free(), free()};

  /** Returns a port below those that the system gives away, free like the one 100 above. */
  public static int free() {
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

  int port(int number) {
    return ports[number];
  }

  /** Starts a node, the number of which is that of its port. */
  LocalNode start(int number, Map<String, String> more) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "rollcall.cluster",
                "tcp",
                "rollcall.cluster.port",
                Integer.toString(ports[number]),
                "rollcall.cluster.hosts",
                IntStream.of(ports)
                    .mapToObj(port -> "127.0.0.1[" + port + "]")
                    .collect(Collectors.joining(",")),
                "rollcall.node",
                "node-" + number));
    settings.putAll(more);
    return LocalNode.start(settings);
  }

  /** Starts several nodes at once, each with its settings. */
  Outcome startAtOnce(Map<Integer, Map<String, String>> nodes) {
    Queue<LocalNode> up = new ConcurrentLinkedQueue<>();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> starts =
        nodes.entrySet().stream()
            .map(
                node ->
                    new Thread(
                        () -> {
                          try {
                            up.add(start(node.getKey(), node.getValue()));
                          } catch (RuntimeException e) {
                            failures.add(e);
                          }
                        }))
            .toList();
    starts.forEach(Thread::start);
    for (Thread thread : starts) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return new Outcome(List.copyOf(up), List.copyOf(failures));
  }

  /**
   * The results of starts.
   *
   * @param up the nodes that run
   * @param failures why others do not
   */
  record Outcome(List<LocalNode> up, List<Throwable> failures) implements AutoCloseable {
    @Override
    public void close() {
      up.forEach(LocalNode::close);
    }
  }

  /** A client on a running node. Nothing may change there, whichever other nodes start. */
  static final class Watch {
    private final LocalNode node;
    private final LocalPeer ada;
    private final List<String> view;

    Watch(LocalNode node) {
      this.node = node;
      this.view = node.node().caches().members().up();
      this.ada = node.connect("2.0.0", Optional.of("ada"), List.of("bea"));
      ada.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
      ada.send("[\"12\",\"2\",\"user:ada\",\"phx_join\",{}]");
      ada.send("[\"13\",\"3\",\"count:1\",\"phx_join\",{\"track\":false}]");
      awaitComplete();
    }

    /** Waits until the client shows all users: a later frame is a disturbance. */
    private void awaitComplete() {
      PresenceView room = new PresenceView();
      PresenceView friends = new PresenceView();
      boolean counted = false;
      while (!counted || !room.refs().containsKey("ada") || !friends.refs().containsKey("ada")) {
        Frame frame = Frame.of(ada.next());
        if (frame.event().equals("phx_reply")) {
          assertThat(frame.status()).isEqualTo("ok");
        } else if (frame.topic().equals("count:1")) {
          counted = true;
        } else {
          (frame.topic().equals("room:1") ? room : friends).apply(frame);
        }
      }
    }

    /** Fails if the client got a frame, an entry was repaired, or the view has changed. */
    void assertUndisturbed() {
      Await.until(() -> assertThat(node.node().caches().members().up()).isEqualTo(view));
      assertThat(ada.drain()).isEmpty();
      assertThat(ada.isClosed()).isFalse();
      assertThat(node.node().repairs()).isZero();
    }
  }
}
