package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rollcall.bench.GeneratorOutput.Figure;

class ClusterCostTest {
  private static SortedMap<Double, Double> byNodes(double one, double two, double three) {
    return new TreeMap<>(Map.of(1.0, one, 2.0, two, 3.0, three));
  }

  @Test
  void whatGrowsWithTheNodesIsTheCostOnEveryNode() {
    ClusterCost cost = ClusterCost.of(byNodes(11, 13, 15));
    assertThat(cost.connection()).isCloseTo(9, within(1e-9));
    assertThat(cost.everyNode()).isCloseTo(2, within(1e-9));
  }

  @Test
  void noPartOfTheCostIsBelowZero() {
    assertThat(ClusterCost.of(byNodes(3, 2, 1))).isEqualTo(new ClusterCost(2, 0));
    ClusterCost steep = ClusterCost.of(byNodes(1, 3, 7));
    assertThat(steep.connection()).isZero();
    assertThat(steep.everyNode()).isCloseTo(2, within(1e-9));
  }

  @Test
  void aCostIsUnknownWhereAMeasuredValueIsWrong() {
    ClusterCost unknown = ClusterCost.of(byNodes(-7, 2, 3));
    assertThat(unknown.everyNode()).isNaN();
    assertThat(unknown.nodes(100, 1_000)).isNaN();
  }

  @Test
  void nodesShareConnectionsButNotWhatEachHoldsOfAll() {
    ClusterCost cost = new ClusterCost(8, 2);
    assertThat(cost.nodes(100, 10_000)).isEqualTo(1);
    assertThat(cost.nodes(100, 600)).isEqualTo(2);
    assertThat(cost.nodes(100, 210)).isEqualTo(80);
    assertThat(cost.nodes(100, 200)).isInfinite();
  }

  @Test
  void oneSizeOfAClusterHasNoGrowth() {
    assertThat(ClusterCost.figures(plot -> new TreeMap<>(Map.of(1.0, 5.0, 2.0, 6.0)))).isEmpty();
    assertThat(ClusterCost.figures(plot -> Collections.emptySortedMap())).isEmpty();
  }

  @Test
  void tenMillionUsersNeedMemoryOnEveryNode() {
    // A node alone is not on the line of clusters.
    List<Figure> figures = ClusterCost.figures(plot -> byNodes(3, 12, 14));
    assertThat(figures)
        .contains(
            new Figure("heap KB per user on the node of the connection", 8),
            new Figure("heap KB per user on every node", 2),
            new Figure("CPU ms per join, change per further node", 2))
        .last()
        .extracting(Figure::value)
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(figures)
        .filteredOn(figure -> figure.name().endsWith("GB"))
        .extracting(Figure::value)
        .containsExactly(80e6 / (1 << 20), 20e6 / (1 << 20));
  }
}
