package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** The clock may be anywhere, and pass zero and its largest number. */
  private long now = Long.MAX_VALUE - SECOND;

  private final TokenBucket tokenBucket = new TokenBucket(10, 3, now);

  private int takeAll() {
    int taken = 0;
    while (taken < 1000 && tokenBucket.take(now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void aNewOneHoldsWhatItsSecondsBring() {
    assertThat(takeAll()).isEqualTo(30);
  }

  @Test
  void anEmptyOneFillsAtItsRateAndNotPastItsDepth() {
    takeAll();
    now += SECOND / 2;
    assertThat(takeAll()).isEqualTo(5);
    now += 100 * SECOND;
    assertThat(takeAll()).isEqualTo(30);
  }

  @Test
  void aRefusedRequestTakesNoToken() {
    takeAll();
    takeAll();
    now += SECOND / 10;
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void itIsFullAgainWhenAllIsBack() {
    tokenBucket.take(now);
    assertThat(tokenBucket.isFull(now)).isFalse();
    now += SECOND / 10;
    assertThat(tokenBucket.isFull(now)).isTrue();
  }
}
