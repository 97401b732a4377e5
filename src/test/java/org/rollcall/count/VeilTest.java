package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.presence.Topic;

class VeilTest {
  private static final Topic TOPIC = new Topic("count:1");

  private static int viewers(Veil veil, int truth) {
    return veil.show(TOPIC, new Count(truth, 0)).viewers();
  }

  @Test
  void withoutFloorAndRoundingTheTruthIsShown() {
    Veil veil = new Veil(0, 1);
    for (int truth : new int[] {0, 1, 2, 1, 1000, 999, 0}) {
      assertThat(viewers(veil, truth)).isEqualTo(truth);
    }
    assertThat(veil.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // floor | round | what is true, one after the other | what is shown
        "10 |   1 | 9 10 11 12 11 10 9 10 11 12 | 0 0 0 12 11 10 0 0 0 12",
        " 2 |   1 | 1 2 3 2 1 2 3               | 0 0 3 2 0 0 3",
        " 0 |  10 | 1 9 10 9 10 19 20 19 11 10  | 0 0 10 10 10 10 20 20 20 10",
        " 0 |  10 | 27 30 36 40 31 30           | 30 30 30 40 40 30",
        " 0 |  10 | 10 5 1 0 1                  | 10 10 10 0 0",
        "10 |  10 | 10 12 19 10 9 10 12         | 0 10 10 10 0 0 10",
        "10 | 100 | 12 99 100 199 1 200         | 0 0 100 100 0 200",
      })
  void oneWhoComesAndGoesAtAnEdgeIsSeenOnceAtMost(
      int floor, int round, String truths, String shown) {
    Veil veil = new Veil(floor, round);
    StringBuilder all = new StringBuilder();
    for (String truth : truths.split(" ", -1)) {
      all.append(all.isEmpty() ? "" : " ").append(viewers(veil, Integer.parseInt(truth)));
    }
    assertThat(all).hasToString(shown);
  }

  @Test
  void whereverTheTruthIsOneWhoTogglesIsSeenOnceAtMost() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      int floor = random.nextInt(40);
      int round = 2 + random.nextInt(30);
      Veil veil = new Veil(floor, round);
      int truth = random.nextInt(200);
      viewers(veil, random.nextInt(200));
      viewers(veil, truth);
      int changes = 0;
      int before = viewers(veil, truth);
      for (int toggle = 0; toggle < 6; toggle++) {
        int now = viewers(veil, truth + (toggle % 2 == 0 ? 1 : 0));
        changes += now == before ? 0 : 1;
        before = now;
      }
      assertThat(changes).as("floor %s, round %s, truth %s", floor, round, truth).isLessThan(2);
    }
  }

  @Test
  void whatIsShownIsLessThanAStepFromTheTruthAndZeroBelowTheFloor() {
    Random random = new Random(2);
    Veil veil = new Veil(20, 10);
    int truth = 0;
    for (int i = 0; i < 10_000; i++) {
      truth = Math.max(0, truth + random.nextInt(21) - 10);
      int shown = viewers(veil, truth);
      assertThat(shown % 10).isZero();
      if (truth < 20) {
        assertThat(shown).isZero();
      } else if (shown > 0 || truth >= 24) {
        assertThat(Math.abs(shown - truth)).isLessThan(10);
      }
    }
  }

  @Test
  void viewersAndUsersAreEachShownByThemselves() {
    Veil veil = new Veil(5, 5);
    Count shown = veil.show(TOPIC, new Count(12, 4));
    assertThat(shown).isEqualTo(new Count(10, 0));
    assertThat(shown.total()).isEqualTo(10);
  }

  @Test
  void topicsThatShowZeroAreNotRemembered() {
    Veil veil = new Veil(5, 5);
    for (int i = 0; i < 100; i++) {
      veil.show(new Topic("count:" + i), new Count(i % 2 == 0 ? 4 : 40, 0));
    }
    assertThat(veil.size()).isEqualTo(50);
  }

  @Test
  void onlySoManyTopicsAreRemembered() {
    Veil veil = new Veil(5, 5);
    for (int i = 0; i < 20_000; i++) {
      veil.show(new Topic("count:" + i), new Count(40, 0));
    }
    assertThat(veil.size()).isEqualTo(10_000);
  }
}
