package org.rollcall.count;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntUnaryOperator;
import org.rollcall.cluster.Membership;
import org.rollcall.presence.Topic;

/**
 * Decides once in each period which numbers are shown of each rounded count.
 *
 * <p>The senior of the nodes that stay decides for all. It looks at each count once, and draws for
 * each look another threshold, which no other node and no client learns. A node that becomes the
 * senior decides from the next period on; until then all show what they showed. After a partition
 * both seniors have decided, and the next period settles it.
 *
 * <p>{@link #tick} is called by one timer; the work is done on the executor, and {@link #decide} is
 * called by one thread at a time.
 */
public final class CountRoundingRenewal {
  private final Counts counts;
  private final CountRounding.Decided rounding;
  private final RoundingRule roundingRule;
  private final Membership members;
  private final Executor workers;
  private long last;

  /**
   * Creates one whose first look is at the beginning of the next period.
   *
   * @param step how far apart the numbers are
   * @param workers runs the looks
   */
  public CountRoundingRenewal(
      Counts counts,
      CountRounding.Decided rounding,
      Step step,
      Membership members,
      Executor workers) {
    this.counts = counts;
    this.rounding = rounding;
    this.roundingRule = new RoundingRule(step.size(), step.lot());
    this.members = members;
    this.workers = workers;
    this.last = rounding.period();
  }

  /**
   * How far apart the numbers are that are shown.
   *
   * @param size the least number that is shown, and the distance between two
   * @param lot returns a number from 0 to below its argument, which nobody can guess
   */
  public record Step(int size, IntUnaryOperator lot) {}

  /** Decides once in each period. Called every second. */
  public void tick() {
    long period = rounding.period();
    if (period != last) {
      last = period;
      workers.execute(this::decide);
    }
  }

  /**
   * Forgets void decisions, and decides about each count if this node is the senior of the nodes
   * that stay.
   */
  public synchronized void decide() {
    Set<Topic> topics = new HashSet<>();
    rounding
        .store()
        .forEach(
            (topic, shown) -> {
              if (rounding.isVoid(shown)) {
                rounding.store().forget(topic, shown);
              } else {
                topics.add(topic);
              }
            });
    Optional<String> senior =
        members.up().stream().filter(node -> !members.isLeaving(node)).findFirst();
    if (senior.isPresent() && senior.get().equals(members.self())) {
      topics.addAll(counts.all());
      topics.forEach(this::decide);
    }
  }

  private void decide(Topic topic) {
    Count before = rounding.show(topic, Count.ZERO);
    Count next = roundingRule.next(before, counts.truth(topic));
    // Written again in each period: a number that is not renewed is void.
    if (!next.isZero() || !before.isZero()) {
      rounding.store().put(topic, new RoundedCountStore.Shown(rounding.period(), next));
    }
  }
}
