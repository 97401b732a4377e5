package org.rollcall.count;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What all other nodes add to a topic's count.
 *
 * @param up how many connections the nodes have that stay
 * @param gone how many are still missing of each node that is gone or about to go, by its id
 * @param left how many of this node's own have come back elsewhere, as it is about to go
 * @param known the nodes that some node may still count as gone, by their ids
 * @param crashed those of them that went without a word: some may have come back before it was
 *     noticed
 */
public record OtherNodes(
    Count up, Map<String, Count> gone, Count left, Set<String> known, Set<String> crashed) {
  /** There are none. */
  public static final OtherNodes NONE = besides(Set.of());

  /** Returns the others, of which some nodes are known to be gone. */
  public static OtherNodes besides(Set<String> known) {
    return new OtherNodes(Count.ZERO, Map.of(), Count.ZERO, known, Set.of());
  }

  /** Returns this, of which some nodes are known to have gone without a word. */
  public OtherNodes crashed(Set<String> nodes) {
    return new OtherNodes(up, gone, left, known, nodes);
  }

  /** Returns this with the count of a node that stays. */
  public OtherNodes plusUp(NodeCount nodeCount, String self) {
    OtherNodes less = lessReturned(nodeCount, self);
    return new OtherNodes(up.plus(nodeCount.here()), less.gone, less.left, known, crashed);
  }

  /** Returns what they say to a node that stays: who is on it is nowhere else. */
  public OtherNodes toStaying() {
    return new OtherNodes(up, gone, Count.ZERO, known, crashed);
  }

  /**
   * Returns this without those who have come back to a node, be it gone itself by now: they count
   * there.
   */
  public OtherNodes lessReturned(NodeCount nodeCount, String self) {
    if (nodeCount.returned().isEmpty()) {
      return this;
    }
    Map<String, Count> missing = new HashMap<>(gone);
    nodeCount
        .returned()
        .forEach((node, back) -> missing.computeIfPresent(node, (id, all) -> all.minus(back)));
    Count home = nodeCount.returned().getOrDefault(self, Count.ZERO);
    return new OtherNodes(up, missing, left.plus(home), known, crashed);
  }

  /** Adds the count of a node that is gone or about to go. Called before {@link #plusUp}. */
  public OtherNodes plusGone(String node, NodeCount nodeCount) {
    if (nodeCount.here().isZero()) {
      return this;
    }
    Map<String, Count> missing = new HashMap<>(gone);
    missing.put(node, nodeCount.here());
    return new OtherNodes(up, missing, left, known, crashed);
  }
}
