package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IdleTimeoutsTest {
  private final IdleTimeouts timeouts = new IdleTimeouts();

  /** Has the name of Tyrus's task. */
  private record IdleTimeoutCommand(CountDownLatch latch) implements Runnable {
    @Override
    public void run() {
      latch.countDown();
    }
  }

  private boolean takes(Runnable task, long delay) {
    return timeouts.schedule(task, delay, TimeUnit.MILLISECONDS) != null;
  }

  @AfterEach
  void stop() {
    timeouts.shutdownNow();
  }

  @Test
  void aSessionWithoutATimeOutCostsNoTask() {
    IdleTimeoutCommand task = new IdleTimeoutCommand(new CountDownLatch(1));
    assertThat(takes(task, 0)).isFalse();
    assertThat(takes(task, -1)).isFalse();
    assertThat(timeouts.getQueue()).isEmpty();
    assertThat(timeouts.getPoolSize()).isZero();
  }

  @Test
  void aRealTimeOutRuns() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    assertThat(takes(new IdleTimeoutCommand(latch), 1)).isTrue();
    latch.await();
  }

  @Test
  void aTimeOutThatIsCancelledIsForgotten() {
    assertThat(
            Objects.requireNonNull(
                    timeouts.schedule(
                        new IdleTimeoutCommand(new CountDownLatch(1)), 1, TimeUnit.HOURS))
                .cancel(true))
        .isTrue();
    assertThat(timeouts.getQueue()).isEmpty();
  }

  @Test
  void otherTasksWithoutDelayRun() throws InterruptedException {
    CountDownLatch latch = new CountDownLatch(1);
    assertThat(takes(latch::countDown, 0)).isTrue();
    latch.await();
  }
}
