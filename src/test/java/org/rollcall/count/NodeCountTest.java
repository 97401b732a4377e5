package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The connections of a node that is down count until its clients are back, or the grace is over.
 */
class NodeCountTest {
  private static final NodeCount THREE_VIEWERS = new NodeCount(new Count(3, 0), Map.of());
  private static final OtherNodes DOWN = OtherNodes.NONE.plusMissing("a", THREE_VIEWERS);

  private static NodeCount entered(int times, Count.Kind kind, OtherNodes otherNodes) {
    NodeCount nodeCount = NodeCount.NONE;
    for (int i = 0; i < times; i++) {
      nodeCount = nodeCount.enter(kind, otherNodes);
    }
    return nodeCount;
  }

  @Test
  void missingConnectionsAreCountedAndOnesThatComeBackChangeNothing() {
    assertThat(NodeCount.NONE.with(DOWN)).isEqualTo(new Count(3, 0));
    assertThat(entered(2, Count.Kind.VIEWER, DOWN).with(DOWN)).isEqualTo(new Count(3, 0));
    assertThat(entered(3, Count.Kind.VIEWER, DOWN).with(DOWN)).isEqualTo(new Count(3, 0));
  }

  @Test
  void aConnectionThatComesWhenAllAreBackIsOneMore() {
    assertThat(entered(5, Count.Kind.VIEWER, DOWN).with(DOWN)).isEqualTo(new Count(5, 0));
  }

  @Test
  void aUserDoesNotStandForAViewerAndAWatcherForNobody() {
    assertThat(entered(1, Count.Kind.USER, DOWN).with(DOWN)).isEqualTo(new Count(3, 1));
    NodeCount watched = entered(1, Count.Kind.NONE, DOWN);
    assertThat(watched).isEqualTo(NodeCount.NONE);
  }

  @Test
  void aConnectionThatCameBackAndLeavesIsOneLess() {
    NodeCount nodeCount = entered(2, Count.Kind.VIEWER, DOWN).leave(Count.Kind.VIEWER);
    assertThat(nodeCount.with(DOWN)).isEqualTo(new Count(2, 0));
    assertThat(nodeCount.leave(Count.Kind.VIEWER).isNone()).isFalse();
    assertThat(nodeCount.leave(Count.Kind.VIEWER).with(DOWN)).isEqualTo(new Count(1, 0));
  }

  @Test
  void aConnectionThatIsNotBackAfterTheGraceIsNotCounted() {
    NodeCount nodeCount = entered(2, Count.Kind.VIEWER, DOWN);
    assertThat(nodeCount.with(OtherNodes.NONE)).isEqualTo(new Count(2, 0));
    assertThat(nodeCount.only(Set.of())).isEqualTo(new NodeCount(new Count(2, 0), Map.of()));
    assertThat(nodeCount.only(Set.of("a"))).isSameAs(nodeCount);
  }

  @Test
  void everyNodeSeesTheSameSum() {
    NodeCount here = entered(1, Count.Kind.VIEWER, DOWN);
    OtherNodes seenHere = DOWN;
    NodeCount there = entered(1, Count.Kind.VIEWER, DOWN.plusUp(here, "there"));
    seenHere = seenHere.plusUp(there, "here");
    assertThat(here.with(seenHere)).isEqualTo(new Count(3, 0));
    assertThat(there.with(DOWN.plusUp(here, "there"))).isEqualTo(new Count(3, 0));
  }

  @Test
  void twoNodesThatTakeTheSameOneAsBackDoNotCountBelowTheTruth() {
    OtherNodes one = OtherNodes.NONE.plusMissing("a", new NodeCount(new Count(1, 0), Map.of()));
    NodeCount here = entered(1, Count.Kind.VIEWER, one);
    NodeCount there = entered(1, Count.Kind.VIEWER, one);
    assertThat(here.with(one.plusUp(there, "here"))).isEqualTo(new Count(2, 0));
  }

  @Test
  void aNodeThatIsAboutToGoCountsThoseWhoAreBackElsewhereOnce() {
    NodeCount back = entered(2, Count.Kind.VIEWER, DOWN);
    OtherNodes seenByA = OtherNodes.NONE.plusUp(back, "a");
    assertThat(THREE_VIEWERS.with(seenByA)).isEqualTo(new Count(3, 0));
  }

  @Test
  void aConnectionThatMovesTwiceIsCountedOnce() {
    NodeCount second = entered(3, Count.Kind.VIEWER, DOWN);
    OtherNodes both = DOWN.plusMissing("b", second).lessReturned(second, "c");
    assertThat(NodeCount.NONE.with(both)).isEqualTo(new Count(3, 0));
    assertThat(entered(3, Count.Kind.VIEWER, both).with(both)).isEqualTo(new Count(3, 0));
    assertThat(entered(4, Count.Kind.VIEWER, both).with(both)).isEqualTo(new Count(4, 0));
  }
}
