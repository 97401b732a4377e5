package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connections whose clients read when the test says so. */
final class SlowReadsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long PATIENCE = SlowReads.PATIENCE.toNanos();

  private final SlowReads reads = new SlowReads();
  private final Pipe pipe = new Pipe();

  private static final class Pipe implements SlowReads.Connection {
    private int unsent;
    private int limit;
    private boolean aborted;
    private boolean tells = true;
    private @Nullable Runnable closed;

    @Override
    public int unsent() {
      return unsent;
    }

    @Override
    public void limitUnsent(int bytes) {
      limit = bytes;
    }

    @Override
    public void abort() {
      aborted = true;
    }

    @Override
    public boolean whenClosed(Runnable task) {
      closed = task;
      return tells;
    }
  }

  @Test
  void requestsAreAnsweredOneAfterTheOther() {
    for (int i = 0; i < 3; i++) {
      assertThat(reads.admits(pipe)).isTrue();
    }
    assertThat(pipe.limit).isEqualTo(SlowReads.MOST_UNSENT);
    assertThat(pipe.aborted).isFalse();
    assertThat(reads.size()).isEqualTo(1);
  }

  @Test
  void aRequestBeforeTheLastAnswerHasLeftEndsTheConnection() {
    assertThat(reads.admits(pipe)).isTrue();
    pipe.unsent = 1;
    assertThat(reads.admits(pipe)).isFalse();
    assertThat(pipe.aborted).isTrue();
  }

  @Test
  void aConnectionIsForgottenWhenItIsOver() {
    reads.admits(pipe);
    assertThat(pipe.closed).isNotNull();
    if (pipe.closed != null) {
      pipe.closed.run();
    }
    assertThat(reads.size()).isZero();
  }

  @Test
  void aConnectionThatDoesNotSayWhenItIsOverIsNotKept() {
    pipe.tells = false;
    assertThat(reads.admits(pipe)).isTrue();
    assertThat(reads.size()).isZero();
  }

  @Test
  void anAnswerOfWhichNothingLeavesForThirtySecondsEndsTheConnection() {
    reads.admits(pipe);
    reads.check(0);
    pipe.unsent = 100;
    reads.check(SECOND);
    reads.check(PATIENCE);
    assertThat(pipe.aborted).isFalse();
    reads.check(SECOND + PATIENCE);
    assertThat(pipe.aborted).isTrue();
  }

  @Test
  void moreThatWaitsIsNoSignOfLife() {
    reads.admits(pipe);
    pipe.unsent = 100;
    reads.check(0);
    pipe.unsent = 200;
    reads.check(PATIENCE);
    assertThat(pipe.aborted).isTrue();
  }

  @Test
  void aClientThatReadsSlowlyIsWaitedFor() {
    reads.admits(pipe);
    pipe.unsent = 100;
    for (int i = 0; i < 10; i++) {
      reads.check(i * (PATIENCE - 1));
      pipe.unsent--;
    }
    assertThat(pipe.aborted).isFalse();
  }

  @Test
  void aConnectionThatWaitsForRequestsIsLeftAlone() {
    reads.admits(pipe);
    reads.check(0);
    reads.check(10 * PATIENCE);
    assertThat(pipe.aborted).isFalse();
  }
}
