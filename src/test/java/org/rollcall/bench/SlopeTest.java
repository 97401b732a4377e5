package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlopeTest {
  @Test
  void pointsOfALineHaveItsSlope() {
    assertThat(Slope.of(new TreeMap<>(Map.of(0.0, 1.0, 10.0, 21.0, 30.0, 61.0))))
        .isCloseTo(2, within(1e-9));
  }

  @Test
  void pointsOfALineHaveItsValueAtZero() {
    assertThat(Slope.atZero(new TreeMap<>(Map.of(1.0, 3.0, 10.0, 21.0, 30.0, 61.0))))
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void theLineThroughZeroFitsBest() {
    assertThat(Slope.throughZero(new TreeMap<>(Map.of(1.0, 1.0, 2.0, 7.0))))
        .isCloseTo(3, within(1e-9));
  }

  @Test
  void equalValuesHaveNone() {
    assertThat(Slope.of(new TreeMap<>(Map.of(1.0, 5.0, 2.0, 5.0)))).isZero();
  }
}
