package org.rollcall.count;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One topic's count on this node, and the numbers that each subscriber was sent last.
 *
 * <p>A subscriber's base is the count that its client shows. A state sets it and a diff leads from
 * it to what is shown of the truth, so clients that joined at different moments all show the same
 * after each telling, from any number on.
 *
 * <p>Every method but {@link #isWatched} is called with the counter's lock held; {@link Counts}
 * sees to it.
 */
final class TopicCounter {
  private final Map<CountSubscriber, Count> bases = new LinkedHashMap<>(2);
  private final Pacer pacer;
  private final UnaryOperator<Count> rounding;
  private final RecentArrivals recentArrivals = new RecentArrivals();
  private NodeCount local = NodeCount.NONE;
  private Count held = Count.ZERO;
  private OtherNodes otherNodes = OtherNodes.NONE;
  private Count told = Count.ZERO;
  private boolean turned;
  private NodeCount published = NodeCount.NONE;
  private boolean waiting;
  private boolean retired;

  /**
   * Creates one that counts nobody.
   *
   * @param rounding makes of the truth what clients are shown
   */
  TopicCounter(long intervalNanos, UnaryOperator<Count> rounding) {
    this.pacer = new Pacer(intervalNanos);
    this.rounding = rounding;
  }

  void enter(CountSubscriber subscriber, Count.Kind kind, long now) {
    NodeCount before = local;
    local = local.enter(kind, otherNodes);
    if (local.returned().equals(before.returned())) {
      recentArrivals.add(Count.one(kind), now);
    }
    state(subscriber);
  }

  void leave(CountSubscriber subscriber, Count.Kind kind, long now) {
    local = local.leave(kind);
    recentArrivals.add(Count.ZERO.minus(Count.one(kind)), now);
    bases.remove(subscriber);
  }

  /** Removes a subscriber whose connection is still counted until {@link #release}. */
  void hold(CountSubscriber subscriber, Count.Kind kind) {
    held = held.plus(Count.one(kind));
    bases.remove(subscriber);
  }

  /** Stops counting the connections that {@link #hold} has kept. */
  TopicCounter release() {
    local = new NodeCount(local.here().minus(held), local.returned());
    held = Count.ZERO;
    return this;
  }

  /** Sends a subscriber the shown count as a state. */
  void state(CountSubscriber subscriber) {
    Count now = rounding.apply(total());
    bases.put(subscriber, now);
    subscriber.onState(now);
  }

  /**
   * Takes over the counts of the other nodes. Of a node that is known to have crashed since the
   * last call, as many connections count as back as arrived on this node within the last seconds.
   */
  void others(OtherNodes others, long now) {
    local = local.only(others.known());
    for (String node : others.crashed()) {
      if (!otherNodes.crashed().contains(node)) {
        Count back = recentArrivals.within(now).least(local.missing(node, others));
        local = local.standIn(node, back);
        recentArrivals.add(Count.ZERO.minus(back), now);
      }
    }
    if (!others.equals(otherNodes)) {
      otherNodes = others;
    }
  }

  NodeCount local() {
    return local;
  }

  Count total() {
    return local.with(otherNodes);
  }

  /**
   * Returns how long the next diff has to wait, in nanoseconds: 0 if it is due now. A change from
   * or to zero does not wait, unless the last diff was such a change too: a connection that joins
   * and leaves an empty topic again and again causes one diff per interval.
   */
  long delay(long now) {
    return isTurn(total()) && !turned ? 0 : pacer.delay(now);
  }

  private boolean isTurn(Count total) {
    return !total.equals(told) && (total.isZero() || told.isZero());
  }

  /**
   * Sends a diff to each subscriber that shows another count than it should. Returns whether there
   * was one.
   */
  boolean tell(long now) {
    Count truth = total();
    Count to = rounding.apply(truth);
    Map<Count, CountSubscriber.Change> changes = new HashMap<>();
    bases.replaceAll(
        (subscriber, base) -> {
          if (!base.equals(to)) {
            subscriber.onDiff(
                changes.computeIfAbsent(base, from -> new CountSubscriber.Change(from, to)));
          }
          return to;
        });
    if (!told.equals(truth) || !changes.isEmpty()) {
      pacer.happened(now);
      turned = isTurn(truth);
    }
    told = truth;
    return !changes.isEmpty();
  }

  /**
   * Returns whether this node's count differs from the one that it published, and notes that it is
   * published now.
   */
  boolean publish() {
    boolean news = !local.equals(published);
    published = local;
    return news;
  }

  /** Notes that a diff waits for its time. Returns whether it is the only one. */
  boolean await() {
    boolean first = !waiting;
    waiting = true;
    return first;
  }

  void awake() {
    waiting = false;
  }

  /** Returns whether there are subscribers. */
  synchronized boolean isWatched() {
    return !bases.isEmpty();
  }

  boolean isEmpty() {
    return bases.isEmpty() && local.isNone() && published.isNone() && !waiting;
  }

  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }
}
