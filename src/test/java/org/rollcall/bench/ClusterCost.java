package org.rollcall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.rollcall.bench.GeneratorOutput.Figure;

/**
 * What one user costs a cluster whose nodes all hold the presence of all users.
 *
 * <p>Measured on clusters of several sizes, the cost on all nodes together is a straight line. Its
 * slope is what a user costs on every node, its value at zero what the user's connection costs in
 * addition on the node that has it. Neither can be below zero.
 *
 * <p>The line begins at two nodes: a node alone sends no messages, so the step from one node to two
 * is larger than all further ones.
 *
 * @param connection what a user costs on the node of the connection
 * @param everyNode what the user costs on every node, that one included
 */
record ClusterCost(double connection, double everyNode) {
  private static final double TEN_MILLION = 10e6;
  private static final double HALF_AN_HOUR = 1_800;
  private static final double LEAST_NODES = 2;
  private static final double KB_OF_A_GB = 1 << 20;
  private static final double MILLIS_OF_A_SECOND = 1_000;

  /** Half of what a node has: the rest is for collections and for other nodes' failures. */
  private static final double LIVE_GB = 32;

  private static final double BUSY_CORES = 4;

  /**
   * Fits the cost to what clusters of at least two sizes have shown: the best line whose slope and
   * value at zero are not below zero. Both are not-a-number if a measured value is not above zero.
   */
  static ClusterCost of(SortedMap<Double, Double> byNodes) {
    if (byNodes.values().stream().anyMatch(value -> value <= 0)) {
      return new ClusterCost(Double.NaN, Double.NaN);
    }
    if (Slope.of(byNodes) < 0) {
      double mean = byNodes.values().stream().mapToDouble(value -> value).average().orElse(0);
      return new ClusterCost(mean, 0);
    }
    return Slope.atZero(byNodes) < 0
        ? new ClusterCost(0, Slope.throughZero(byNodes))
        : new ClusterCost(Slope.atZero(byNodes), Slope.of(byNodes));
  }

  /**
   * Returns how many nodes are needed; infinite if what each node has does not suffice for what it
   * holds of all users.
   *
   * @param users how many users there are, or come and go in a time
   * @param node what one node can bear
   */
  double nodes(double users, double node) {
    double left = node - users * everyNode;
    return left <= 0 ? Double.POSITIVE_INFINITY : Math.max(1, Math.ceil(users * connection / left));
  }

  /**
   * Returns the figures that follow from the plots by nodes; none unless at least two sizes of two
   * or more nodes were measured.
   *
   * @param curves returns the points of a plot by its name
   */
  static List<Figure> figures(Function<String, SortedMap<Double, Double>> curves) {
    List<Figure> figures = new ArrayList<>();
    Function<String, SortedMap<Double, Double>> lines =
        plot -> curves.apply(plot).tailMap(LEAST_NODES);
    if (lines.apply(NodeGrowth.HEAP).size() < 2) {
      return figures;
    }
    for (String plot : List.of(NodeGrowth.JOIN, NodeGrowth.DIFF)) {
      figures.add(
          new Figure(
              plot.replace(" by nodes", ", change per further node"), Slope.of(lines.apply(plot))));
    }
    ClusterCost heap = of(lines.apply(NodeGrowth.HEAP));
    figures.add(new Figure("heap KB per user on the node of the connection", heap.connection()));
    figures.add(new Figure("heap KB per user on every node", heap.everyNode()));
    ClusterCost cpu = of(lines.apply(NodeGrowth.COMING_AND_GOING));
    figures.add(
        new Figure("CPU ms per coming and going on the node of the connection", cpu.connection()));
    figures.add(new Figure("CPU ms per coming and going on every node", cpu.everyNode()));
    figures.add(
        new Figure(
            "10 million users, live heap for their connections on all nodes together, GB",
            TEN_MILLION * heap.connection() / KB_OF_A_GB));
    figures.add(
        new Figure(
            "10 million users, live heap for their presence on every node, GB",
            TEN_MILLION * heap.everyNode() / KB_OF_A_GB));
    figures.add(
        new Figure(
            "10 million users, nodes of 64 GB of which half are live heap",
            heap.nodes(TEN_MILLION, LIVE_GB * KB_OF_A_GB)));
    figures.add(
        new Figure(
            "10 million users who come and go every half hour, nodes of 8 cores that are half busy",
            cpu.nodes(TEN_MILLION / HALF_AN_HOUR, BUSY_CORES * MILLIS_OF_A_SECOND)));
    return figures;
  }
}
