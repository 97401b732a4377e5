package org.rollcall.count;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One node's part of a topic's count.
 *
 * <p>The connections of a node that is gone, or about to go, still count for the grace, minus the
 * users who have come back. An anonymous viewer cannot be recognized, so any viewer who comes while
 * one of the same kind is missing stands for one who has come back.
 *
 * @param here how many connections it has
 * @param returned how many of those stand for one who was on which node, by that node's id
 */
public record NodeCount(Count here, Map<String, Count> returned) {
  /** Nobody. */
  public static final NodeCount NONE = new NodeCount(Count.ZERO, Map.of());

  /** Returns this with another connection. */
  NodeCount enter(Count.Kind kind, OtherNodes otherNodes) {
    Count one = Count.one(kind);
    for (Map.Entry<String, Count> gone : otherNodes.gone().entrySet()) {
      Count back = returned.getOrDefault(gone.getKey(), Count.ZERO);
      if (!one.isZero() && gone.getValue().minus(back).covers(one)) {
        Map<String, Count> more = new HashMap<>(returned);
        more.put(gone.getKey(), back.plus(one));
        return new NodeCount(here.plus(one), Map.copyOf(more));
      }
    }
    return new NodeCount(here.plus(one), returned);
  }

  /** Returns this with some of its connections as ones who were on a node that is gone. */
  NodeCount standIn(String node, Count some) {
    if (some.isZero()) {
      return this;
    }
    Map<String, Count> more = new HashMap<>(returned);
    more.merge(node, some, Count::plus);
    return new NodeCount(here, Map.copyOf(more));
  }

  /** Returns how many are missing of a node that is gone. */
  Count missing(String node, OtherNodes otherNodes) {
    Count gone = otherNodes.gone().getOrDefault(node, Count.ZERO);
    return gone.minus(returned.getOrDefault(node, Count.ZERO)).orZero();
  }

  /** Returns this with one connection less. */
  NodeCount leave(Count.Kind kind) {
    return new NodeCount(here.minus(Count.one(kind)), returned);
  }

  /** Returns this without the connections that came back from nodes other than {@code known}. */
  NodeCount only(Set<String> known) {
    if (known.containsAll(returned.keySet())) {
      return this;
    }
    Map<String, Count> still = new HashMap<>(returned);
    still.keySet().retainAll(known);
    return new NodeCount(here, Map.copyOf(still));
  }

  /** Returns the whole count: this node's and the others'. */
  Count with(OtherNodes otherNodes) {
    Count sum = here.minus(otherNodes.left()).orZero().plus(otherNodes.up());
    for (String node : otherNodes.gone().keySet()) {
      sum = sum.plus(missing(node, otherNodes));
    }
    return sum;
  }

  /** Tells whether it says nothing. */
  public boolean isNone() {
    return here.isZero() && returned.isEmpty();
  }
}
