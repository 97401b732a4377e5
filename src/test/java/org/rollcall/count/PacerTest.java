package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {
  private final Pacer pacer = new Pacer(1000);

  @Test
  void theFirstTimeIsAtOnce() {
    assertThat(pacer.delay(5)).isZero();
  }

  @Test
  void theNextTimeIsAnIntervalLater() {
    pacer.happened(5);
    assertThat(pacer.delay(5)).isEqualTo(1000);
    assertThat(pacer.delay(605)).isEqualTo(400);
    assertThat(pacer.delay(1005)).isZero();
    assertThat(pacer.delay(9999)).isZero();
  }
}
