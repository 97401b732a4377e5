package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node that is gone left behind counts until its clients are back, or the grace is over. */
class ShareTest {
  private static final Share THREE_VIEWERS = new Share(new Count(3, 0), Map.of());
  private static final Others GONE = Others.NONE.plusGone("a", THREE_VIEWERS);

  private static Share entered(int times, Count.Kind kind, Others others) {
    Share share = Share.NONE;
    for (int i = 0; i < times; i++) {
      share = share.enter(kind, others);
    }
    return share;
  }

  @Test
  void whoIsGoneIsCountedAndWhoComesBackChangesNothing() {
    assertThat(Share.NONE.with(GONE)).isEqualTo(new Count(3, 0));
    assertThat(entered(2, Count.Kind.VIEWER, GONE).with(GONE)).isEqualTo(new Count(3, 0));
    assertThat(entered(3, Count.Kind.VIEWER, GONE).with(GONE)).isEqualTo(new Count(3, 0));
  }

  @Test
  void whoeverComesWhenAllAreBackIsOneMore() {
    assertThat(entered(5, Count.Kind.VIEWER, GONE).with(GONE)).isEqualTo(new Count(5, 0));
  }

  @Test
  void aUserDoesNotStandForAViewerAndAWatcherForNobody() {
    assertThat(entered(1, Count.Kind.USER, GONE).with(GONE)).isEqualTo(new Count(3, 1));
    Share watched = entered(1, Count.Kind.NONE, GONE);
    assertThat(watched).isEqualTo(Share.NONE);
  }

  @Test
  void whoCameBackAndLeavesIsOneLess() {
    Share share = entered(2, Count.Kind.VIEWER, GONE).leave(Count.Kind.VIEWER);
    assertThat(share.with(GONE)).isEqualTo(new Count(2, 0));
    assertThat(share.leave(Count.Kind.VIEWER).isNone()).isFalse();
    assertThat(share.leave(Count.Kind.VIEWER).with(GONE)).isEqualTo(new Count(1, 0));
  }

  @Test
  void whoIsNotBackWhenTheGraceIsOverIsGone() {
    Share share = entered(2, Count.Kind.VIEWER, GONE);
    assertThat(share.with(Others.NONE)).isEqualTo(new Count(2, 0));
    assertThat(share.only(Set.of())).isEqualTo(new Share(new Count(2, 0), Map.of()));
    assertThat(share.only(Set.of("a"))).isSameAs(share);
  }

  @Test
  void everyNodeSeesTheSameSum() {
    Share here = entered(1, Count.Kind.VIEWER, GONE);
    Others seenHere = GONE;
    Share there = entered(1, Count.Kind.VIEWER, GONE.plusUp(here, "there"));
    seenHere = seenHere.plusUp(there, "here");
    assertThat(here.with(seenHere)).isEqualTo(new Count(3, 0));
    assertThat(there.with(GONE.plusUp(here, "there"))).isEqualTo(new Count(3, 0));
  }

  @Test
  void twoNodesThatTakeTheSameOneAsBackDoNotCountBelowTheTruth() {
    Others one = Others.NONE.plusGone("a", new Share(new Count(1, 0), Map.of()));
    Share here = entered(1, Count.Kind.VIEWER, one);
    Share there = entered(1, Count.Kind.VIEWER, one);
    assertThat(here.with(one.plusUp(there, "here"))).isEqualTo(new Count(2, 0));
  }

  @Test
  void aNodeThatIsAboutToGoCountsThoseWhoAreBackElsewhereOnce() {
    Share back = entered(2, Count.Kind.VIEWER, GONE);
    Others seenByA = Others.NONE.plusUp(back, "a");
    assertThat(THREE_VIEWERS.with(seenByA)).isEqualTo(new Count(3, 0));
  }

  @Test
  void whoMovesTwiceIsCountedOnce() {
    Share second = entered(3, Count.Kind.VIEWER, GONE);
    Others both = GONE.plusGone("b", second).lessReturned(second, "c");
    assertThat(Share.NONE.with(both)).isEqualTo(new Count(3, 0));
    assertThat(entered(3, Count.Kind.VIEWER, both).with(both)).isEqualTo(new Count(3, 0));
    assertThat(entered(4, Count.Kind.VIEWER, both).with(both)).isEqualTo(new Count(4, 0));
  }
}
