package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnerAnswerTest {
  private static long[] of(long... numbers) {
    return numbers;
  }

  static Stream<long[]> malformedAnswersAreRefused() {
    return Stream.of(
        of(),
        of(-1),
        of(257),
        of(1),
        of(2, 3),
        of(1, 256),
        of(1, -1),
        of(Long.MAX_VALUE),
        of(Long.MIN_VALUE, 1),
        of((1L << 32) + 1, 3));
  }

  @ParameterizedTest
  @MethodSource
  void malformedAnswersAreRefused(long[] bad) {
    assertThatThrownBy(() -> OwnerAnswer.of(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected");
  }

  @Test
  void anAnswerHasBucketsAndTheElementsInThem() {
    long id = 3L << 56;
    OwnerAnswer answer = OwnerAnswer.of(of(2, 3, 255, id, 7, -1, 8));
    assertThat(answer.isSame()).isFalse();
    assertThat(answer.isAbout(id)).isTrue();
    assertThat(answer.isAbout(-1)).isTrue();
    assertThat(answer.isAbout(0)).isFalse();
    assertThat(answer.claims()).isEqualTo(Map.of(id, 7L, -1L, 8L));
    assertThat(OwnerAnswer.of(of(0)).isSame()).isTrue();
  }
}
