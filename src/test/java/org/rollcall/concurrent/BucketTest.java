package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** The clock may be anywhere, and pass zero and its largest number. */
  private long now = Long.MAX_VALUE - SECOND;

  private final Bucket bucket = new Bucket(10, 3, now);

  private int takeAll() {
    int taken = 0;
    while (taken < 1000 && bucket.take(now)) {
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
  void whatIsRefusedCostsNothing() {
    takeAll();
    takeAll();
    now += SECOND / 10;
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void itIsFullAgainWhenAllIsBack() {
    bucket.take(now);
    assertThat(bucket.isFull(now)).isFalse();
    now += SECOND / 10;
    assertThat(bucket.isFull(now)).isTrue();
  }
}
