package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfOddlyManyIsTheMiddleOne() {
    assertThat(Samples.of(3, 1, 2).median()).isEqualTo(2);
    assertThat(Samples.of(7).median()).isEqualTo(7);
  }

  @Test
  void aPercentileIsTheLeastValueThatSoManyDoNotExceed() {
    Samples samples = new Samples();
    IntStream.rangeClosed(1, 200).forEach(samples::add);
    assertThat(samples.percentile(50)).isEqualTo(100);
    assertThat(samples.percentile(99)).isEqualTo(198);
    assertThat(samples.percentile(100)).isEqualTo(200);
    assertThat(samples.percentile(0)).isEqualTo(1);
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(new Samples().median()).isNaN();
  }

  @Test
  void timesAreMilliseconds() {
    Samples samples = new Samples();
    samples.addNanos(1_500_000);
    assertThat(samples.median()).isEqualTo(1.5);
  }
}
