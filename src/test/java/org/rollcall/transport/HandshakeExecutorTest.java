package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualExecutor;

/** Handshakes on a server whose threads are turned by hand. */
class HandshakeExecutorTest {
  private static final HandshakeExecutor.Threads THREADS = new HandshakeExecutor.Threads(2, 4);

  private final ManualExecutor server = new ManualExecutor();
  private final List<Integer> done = new ArrayList<>();
  private long now;
  private final HandshakeExecutor handshakes = new HandshakeExecutor(server, THREADS, () -> now);

  private void come(int count) {
    for (int i = 0; i < count; i++) {
      int number = done.size() + i;
      handshakes.execute(() -> done.add(number));
    }
  }

  @Test
  void aFewAreCarriedOutAtATimeInOrder() {
    come(1_000);
    assertThat(server.size()).isEqualTo(THREADS.few());
    server.runAll();
    assertThat(done).hasSize(1_000).isSorted();
    come(1);
    assertThat(server.size()).isEqualTo(1);
  }

  @Test
  void theServersOwnTasksDoNotWaitForAllHandshakes() {
    come(1_000);
    server.execute(() -> assertThat(done).as("before a message is read").hasSizeLessThan(5));
    server.runAll();
    assertThat(done).hasSize(1_000);
  }

  @Test
  void handshakesThatAreHeldUpDoNotHoldUpAllOthers() {
    // The threads of the server do not run: it is as if the first two hung.
    come(10);
    assertThat(server.size()).isEqualTo(2);
    now += Duration.ofSeconds(1).toNanos();
    come(1);
    assertThat(server.size()).as("one thread more after a second").isEqualTo(3);
    come(10);
    assertThat(server.size()).as("and no other in the same second").isEqualTo(3);
    for (int i = 0; i < 10; i++) {
      now += Duration.ofSeconds(1).toNanos();
      come(1);
    }
    assertThat(server.size()).as("the other threads read messages").isEqualTo(THREADS.most());
  }

  @Test
  void aHandshakeThatFailsDoesNotEndTheOthers() {
    handshakes.execute(
        () -> {
          throw new IllegalStateException("expected by the test");
        });
    come(10);
    server.runAll();
    assertThat(done).hasSize(10);
  }

  @Test
  void aServerThatStopsRefusesThem() {
    HandshakeExecutor stopping =
        new HandshakeExecutor(
            task -> {
              throw new RejectedExecutionException("stopped");
            },
            THREADS,
            () -> now);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> stopping.execute(() -> done.add(0)))
          .isInstanceOf(RejectedExecutionException.class);
    }
    assertThat(done).isEmpty();
  }

  @Test
  void theNumbersOfThreadsLeaveSomeForMessages() {
    assertThat(HandshakeExecutor.Threads.of(4, 32)).isEqualTo(new HandshakeExecutor.Threads(4, 24));
    assertThat(HandshakeExecutor.Threads.of(8, 4)).isEqualTo(new HandshakeExecutor.Threads(2, 3));
    assertThat(HandshakeExecutor.Threads.of(1, 1)).isEqualTo(new HandshakeExecutor.Threads(1, 1));
  }
}
