package org.rollcall.count;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One node's part of a topic's count.
 *
 * <p>The connections of a node that is down, or about to leave, still count for the grace, minus
 * the users who have come back. An anonymous viewer cannot be recognized, so each viewer who comes
 * while a viewer of such a node is missing counts as one who has come back.
 *
 * @param here how many connections it has
 * @param returned how many of these connections count as ones that were on another node, by that
 *     node's id
 */
public record NodeCount(Count here, Map<String, Count> returned) {
  /** Nobody. */
  public static final NodeCount NONE = new NodeCount(Count.ZERO, Map.of());

  /** Returns this with another connection. */
  NodeCount enter(Count.Kind kind, OtherNodes otherNodes) {
    Count one = Count.one(kind);
    for (Map.Entry<String, Count> lost : otherNodes.missing().entrySet()) {
      Count back = returned.getOrDefault(lost.getKey(), Count.ZERO);
      if (!one.isZero() && lost.getValue().minus(back).covers(one)) {
        Map<String, Count> more = new HashMap<>(returned);
        more.put(lost.getKey(), back.plus(one));
        return new NodeCount(here.plus(one), Map.copyOf(more));
      }
    }
    return new NodeCount(here.plus(one), returned);
  }

  /** Returns this with some of its connections counted as ones that were on a node that is down. */
  NodeCount standIn(String node, Count some) {
    if (some.isZero()) {
      return this;
    }
    Map<String, Count> more = new HashMap<>(returned);
    more.merge(node, some, Count::plus);
    return new NodeCount(here, Map.copyOf(more));
  }

  /** Returns how many connections of a node that is down or about to leave are still missing. */
  Count missing(String node, OtherNodes otherNodes) {
    Count all = otherNodes.missing().getOrDefault(node, Count.ZERO);
    return all.minus(returned.getOrDefault(node, Count.ZERO)).orZero();
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
    Count sum = here.minus(otherNodes.moved()).orZero().plus(otherNodes.up());
    for (String node : otherNodes.missing().keySet()) {
      sum = sum.plus(missing(node, otherNodes));
    }
    return sum;
  }

  /** Returns whether no connection is counted. */
  public boolean isNone() {
    return here.isZero() && returned.isEmpty();
  }
}
