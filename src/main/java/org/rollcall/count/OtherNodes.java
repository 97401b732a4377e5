package org.rollcall.count;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What all other nodes add to a topic's count.
 *
 * @param up how many connections the nodes have that are up and stay
 * @param missing how many connections are still missing of each node that is down or about to
 *     leave, by its id
 * @param moved how many of this node's connections have moved to other nodes, as it is about to
 *     leave
 * @param known the nodes whose connections some node may still count as missing, by their ids
 * @param crashed the nodes among them that crashed: some of their users may have come back before
 *     the crash was noticed
 */
public record OtherNodes(
    Count up, Map<String, Count> missing, Count moved, Set<String> known, Set<String> crashed) {
  /** There are none. */
  public static final OtherNodes NONE = besides(Set.of());

  /** Returns the share of no node, where some nodes are known to be down or about to leave. */
  public static OtherNodes besides(Set<String> known) {
    return new OtherNodes(Count.ZERO, Map.of(), Count.ZERO, known, Set.of());
  }

  /** Returns this with the nodes that are known to have crashed. */
  public OtherNodes crashed(Set<String> nodes) {
    return new OtherNodes(up, missing, moved, known, nodes);
  }

  /** Returns this with the count of a node that stays. */
  public OtherNodes plusUp(NodeCount nodeCount, String self) {
    OtherNodes less = lessReturned(nodeCount, self);
    return new OtherNodes(up.plus(nodeCount.here()), less.missing, less.moved, known, crashed);
  }

  /** Returns this for a node that stays: none of its connections has moved. */
  public OtherNodes toStaying() {
    return new OtherNodes(up, missing, Count.ZERO, known, crashed);
  }

  /**
   * Returns this without the connections that have come back to a node, even if that node is down
   * by now: they count there.
   */
  public OtherNodes lessReturned(NodeCount nodeCount, String self) {
    if (nodeCount.returned().isEmpty()) {
      return this;
    }
    Map<String, Count> still = new HashMap<>(missing);
    nodeCount
        .returned()
        .forEach((node, back) -> still.computeIfPresent(node, (id, all) -> all.minus(back)));
    Count home = nodeCount.returned().getOrDefault(self, Count.ZERO);
    return new OtherNodes(up, still, moved.plus(home), known, crashed);
  }

  /** Adds the count of a node that is down or about to leave. Called before {@link #plusUp}. */
  public OtherNodes plusMissing(String node, NodeCount nodeCount) {
    if (nodeCount.here().isZero()) {
      return this;
    }
    Map<String, Count> still = new HashMap<>(missing);
    still.put(node, nodeCount.here());
    return new OtherNodes(up, still, moved, known, crashed);
  }
}
