package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NodeTest {
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
        .collect(Collectors.toSet());
  }

  private static void run() {
    try (LocalNode node = LocalNode.start(Map.of())) {
      LocalPeer peer = node.connect("2.0.0", Optional.of("ada"), List.of());
      peer.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
      assertThat(peer.next()).contains("ok");
      assertThat(peer.drain()).isNotEmpty();
    }
  }

  @Test
  void tenStartsAndStopsLeaveNoThreadBehind() throws InterruptedException {
    run();
    Set<Thread> before = threads();
    for (int i = 0; i < 10; i++) {
      run();
    }
    for (Thread thread : threads()) {
      if (!before.contains(thread)) {
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
