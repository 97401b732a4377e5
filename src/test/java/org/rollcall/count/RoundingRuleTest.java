package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingRuleTest {
  private static int next(int step, int drawn, int shown, int truth) {
    return new RoundingRule(step, any -> drawn)
        .next(new Count(shown, 0), new Count(truth, 0))
        .viewers();
  }

  @ParameterizedTest
  @CsvSource({
    // step, drawn, shown, truth, shown next
    "5, 0, 0, 4, 0",
    "5, 0, 0, 5, 5",
    "5, 1, 0, 5, 0",
    "5, 4, 0, 8, 0",
    "5, 4, 0, 9, 5",
    "5, 0, 5, 9, 5",
    "5, 4, 5, 5, 5",
    "5, 0, 5, 4, 0",
    "5, 1, 5, 4, 5",
    "5, 4, 5, 1, 5",
    "5, 4, 5, 0, 0",
    "5, 2, 0, 23, 20",
    "5, 4, 0, 23, 15",
    "5, 4, 30, 3, 5",
    "100, 99, 2000, 2098, 2000",
    "100, 0, 2000, 1999, 1900",
  })
  void aNumberMovesWhenTheTruthPassesWhatIsDrawn(
      int step, int drawn, int shown, int truth, int next) {
    assertThat(next(step, drawn, shown, truth)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 100})
  void whateverIsDrawnANumberIsAMultipleNearTheTruthAndThenRests(int step) {
    for (int drawn = 0; drawn < step; drawn++) {
      for (int shown = 0; shown <= 4 * step; shown += step) {
        for (int truth = 0; truth <= 6 * step; truth++) {
          int next = next(step, drawn, shown, truth);
          assertThat(next % step).isZero();
          assertThat(truth - next).isBetween(-step + 1, 2 * step - 1);
          assertThat(next(step, drawn, next, truth)).isEqualTo(next);
          for (int other = 0; other < step && next <= truth && truth < next + step; other++) {
            assertThat(next(step, other, next, truth)).isEqualTo(next);
          }
        }
      }
    }
  }

  @Test
  void nobodyIsNeverShownAsSomebodyAndFewerThanTheStepDoNotAppear() {
    for (int drawn = 0; drawn < 5; drawn++) {
      for (int shown = 0; shown <= 50; shown += 5) {
        assertThat(next(5, drawn, shown, 0)).isZero();
      }
      for (int truth = 0; truth < 5; truth++) {
        assertThat(next(5, drawn, 0, truth)).isZero();
      }
    }
  }

  /**
   * Adds connections one by one, a look each, until the number shows: then some are not one's own.
   */
  private static int guessBySweep(Random random, int truth) {
    RoundingRule roundingRule = new RoundingRule(5, random::nextInt);
    Count shown = Count.ZERO;
    int own = 0;
    while (shown.isZero() && own < 20) {
      own++;
      shown = roundingRule.next(shown, new Count(0, truth + own));
    }
    return Math.max(0, Math.min(4, 6 - own));
  }

  /** Adds a number of connections at once, and guesses from one look. */
  private static int guessByOneLook(Random random, int truth, int own) {
    int shown =
        new RoundingRule(5, random::nextInt).next(Count.ZERO, new Count(0, truth + own)).users();
    return Math.max(0, Math.min(4, shown - own + 4));
  }

  private static int right(int rounds, java.util.function.IntUnaryOperator guess) {
    int right = 0;
    for (int i = 0; i < rounds; i++) {
      right += guess.applyAsInt(i % 5) == i % 5 ? 1 : 0;
    }
    return right;
  }

  @Test
  void aSweepOrALookTellsTheTruthOfFewerThanFiveNoMoreOftenThanDocumented() {
    Random random = new Random(1);
    assertThat(right(10_000, truth -> guessBySweep(random, truth))).isLessThan(5000);
    for (int own = 0; own <= 20; own++) {
      int many = own;
      assertThat(right(10_000, truth -> guessByOneLook(random, truth, many)))
          .as("with %s connections", own)
          .isLessThan(3700);
    }
  }

  /** How often the best guess from one look is right, as the settings page says. */
  @Test
  void theBestGuessFromOneLookIsRightInThirtySixOfAHundred() {
    for (int shown = 0; shown <= 20; shown += 5) {
      for (int own = 0; own <= 25; own++) {
        assertThat(best(shown, own)).isLessThanOrEqualTo(9);
      }
    }
    assertThat(best(0, 4)).isEqualTo(9);
  }

  /** Returns in how many of 25, of five truths and five numbers drawn, the best guess is right. */
  private static int best(int shown, int own) {
    int right = 0;
    for (int next = 0; next <= 40; next += 5) {
      int most = 0;
      for (int truth = 0; truth < 5; truth++) {
        int times = 0;
        for (int drawn = 0; drawn < 5; drawn++) {
          times += next(5, drawn, shown, truth + own) == next ? 1 : 0;
        }
        most = Math.max(most, times);
      }
      right += most;
    }
    return right;
  }
}
