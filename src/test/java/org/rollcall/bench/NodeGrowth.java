package org.rollcall.bench;

import java.time.Duration;
import java.util.List;
import org.rollcall.bench.GeneratorOutput.Point;

/**
 * What users cost a cluster of one size: a point of each plot by nodes.
 *
 * <p>Users are spread evenly over the nodes, so that the friends of each are on all nodes. CPU time
 * and heap are those of all nodes together.
 */
final class NodeGrowth {
  static final String JOIN = "CPU ms per join by nodes";
  static final String COMING_AND_GOING = "CPU ms per coming and going by nodes";
  static final String DIFF = "one diff to another node, p50 ms by nodes";
  static final String HEAP = "heap KB per user by nodes";

  /** More than the time that a message may remain on a node after all nodes have received it. */
  private static final Duration RECEIVED = Duration.ofSeconds(12);

  /**
   * The heap is measured with so many times the users: what else changes in the heaps of several
   * nodes, a megabyte or two, has to be little beside them.
   */
  static final int HEAP_TIMES = 4;

  /** A node is warmed up by a part of the joins that warm up a single server. */
  private static final int PART = 10;

  private final GeneratorRun run;
  private final int nodes;

  NodeGrowth(GeneratorRun run) {
    this.run = run;
    this.nodes = run.nodes().size();
  }

  void measure() {
    List<SimulatedUser> circle = run.circle(run.options().nodeUsers(), run.options().friends());
    run.warmUp(ScenarioKind.NODES, circle, nodes * run.options().warmup() / PART);
    cpu(circle);
    step("one user comes and goes, another on the next node watches");
    // User 0 comes and goes. User 1 watches, on the next node if there is one.
    point(DIFF, new FanOut(run).to(1, ScenarioKind.NODES).last().median());
    heap(run.circle(HEAP_TIMES * run.options().nodeUsers(), run.options().friends()));
  }

  private void cpu(List<SimulatedUser> circle) {
    Joins joins = new Joins(run);
    Samples both = new Samples();
    for (int i = 1; i <= run.options().rounds(); i++) {
      step(
          "%,d users join and leave, round %d of %d"
              .formatted(circle.size(), i, run.options().rounds()));
      ServerUsage.Cpu before = run.server().cpu();
      joins.round(circle);
      both.add(run.server().cpu().since(before).millisWithoutCompilers() / circle.size());
    }
    point(JOIN, joins.netMillis());
    point(COMING_AND_GOING, both.median());
  }

  private void heap(List<SimulatedUser> circle) {
    step("measures the heap without users and with %,d".formatted(circle.size()));
    run.loop().turnFor(Idle.SETTLED);
    double empty = run.server().liveKb();
    run.users().join(circle);
    run.awaitWholeCircle(circle);
    run.loop().turnFor(RECEIVED);
    point(HEAP, (run.server().liveKb() - empty) / circle.size());
    run.users().leave(circle);
  }

  private void step(String sentence) {
    run.step(ScenarioKind.NODES, "cluster of %d: %s".formatted(nodes, sentence));
  }

  private void point(String plot, double value) {
    run.tell(new Point(plot, nodes, value));
  }
}
