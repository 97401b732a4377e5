package org.rollcall.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The nodes of the cluster, as this node sees them. Safe for many threads; no call blocks. */
public interface Membership {
  /** Returns the id of this run of this node, which is the owner in its entries and counts. */
  String self();

  /** Returns the ids of the nodes that are up, this one among them, the senior first. */
  List<String> up();

  /**
   * Returns the nodes that are up, down and removed. The table has a change before {@link #up}
   * does.
   */
  MemberTable table();

  /**
   * Reports every change of the view, and that entries have come by state transfer.
   *
   * @param changed called on the cluster's own threads, after the change; must not block
   */
  void listen(Runnable changed);

  /**
   * Reports that nodes have met that could not reach each other for a while: after a partition, or
   * when a node that hung is back.
   *
   * @param met called on the cluster's own threads, after the change; must not block
   */
  default void whenMet(Runnable met) {
    // Nobody is ever away.
  }

  /** Returns whether a node is up. */
  default boolean isUp(String node) {
    return up().contains(node);
  }

  /**
   * Returns whether a node has announced that it leaves: its users are about to come back on
   * others.
   */
  default boolean isLeaving(String node) {
    return false;
  }

  /** Returns whether a node has left the view without announcing it. */
  default boolean hasCrashed(String node) {
    return false;
  }

  /**
   * Returns until when the entries and counts of a node that is down still count, if another node
   * has announced it.
   */
  default Optional<Instant> deadline(String node) {
    return Optional.empty();
  }

  /**
   * Announces to the other nodes until when the entries and counts of a node that is down still
   * count.
   */
  default void agree(String node, Instant end, Instant now) {
    // There are none.
  }

  /** Returns whether a node is not up, or is another one that has announced that it leaves. */
  default boolean isGoing(String node) {
    return !isUp(node) || (!node.equals(self()) && isLeaving(node));
  }

  /** A node on its own. */
  static Membership alone(String self) {
    return new Membership() {
      private final List<String> up = List.of(self);
      private final MemberTable table = new MemberTable();

      @Override
      public String self() {
        return self;
      }

      @Override
      public List<String> up() {
        return up;
      }

      @Override
      public MemberTable table() {
        return table;
      }

      @Override
      public void listen(Runnable changed) {
        // The view of one never changes.
      }
    };
  }
}
