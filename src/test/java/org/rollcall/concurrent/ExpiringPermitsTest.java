package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExpiringPermitsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final ExpiringPermits permits =
      new ExpiringPermits(2, 1, Duration.ofSeconds(10), nanos::get);

  @Test
  void soManyAreHeldAndEachThatIsReleasedIsFree() {
    ExpiringPermits.Permit first = permits.tryAcquire().orElseThrow();
    assertThat(permits.tryAcquire()).isPresent();
    assertThat(permits.tryAcquire()).isEmpty();
    first.release();
    first.release();
    assertThat(permits.tryAcquire()).isPresent();
    assertThat(permits.tryAcquire()).isEmpty();
  }

  @Test
  void aPermitThatRanOutIsFreeAndItsReleaseTakesNobodyElses() {
    ExpiringPermits.Permit lost = permits.tryAcquire().orElseThrow();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
    assertThat(permits.tryAcquire()).isPresent();
    assertThat(permits.tryAcquire()).isEmpty();
    nanos.incrementAndGet();
    assertThat(permits.tryAcquire()).isPresent();
    lost.release();
    assertThat(permits.tryAcquire()).isEmpty();
  }

  @Test
  void onlySoManyAreLostUntilTheyAreReleased() {
    ExpiringPermits.Permit first = permits.tryAcquire().orElseThrow();
    assertThat(permits.tryAcquire()).isPresent();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(permits.tryAcquire()).as("in the place of the one that is lost").isPresent();
    assertThat(permits.tryAcquire()).isEmpty();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(permits.tryAcquire()).as("two run, and one is lost").isEmpty();
    first.release();
    first.release();
    assertThat(permits.tryAcquire()).isPresent();
  }
}
