package org.rollcall.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The nodes of the cluster, as this node sees them. Safe for many threads; no call blocks. */
public interface Membership {
  /** Returns the id of this run of this node: what it owns is stamped with it. */
  String self();

  /** Returns the ids of the nodes that are up, this one among them, the senior first. */
  List<String> up();

  /** Returns the nodes that are up, down and removed. It knows of a change before {@link #up}. */
  MemberTable table();

  /**
   * Tells of every change of the view, and of entries that came by state transfer.
   *
   * @param changed called on the cluster's own threads, after the change; must not block
   */
  void listen(Runnable changed);

  /**
   * Reports that nodes have met that could not reach each other for a while: after a partition, or
   * when one is back that hung.
   *
   * @param met called on the cluster's own threads, after the change; must not block
   */
  default void whenMet(Runnable met) {
    // Nobody is ever away.
  }

  /** Tells whether a node is up. */
  default boolean isUp(String node) {
    return up().contains(node);
  }

  /**
   * Tells whether a node has said that it will go: who was on it is about to come back on others.
   */
  default boolean isLeaving(String node) {
    return false;
  }

  /** Tells whether a node is gone without a word. */
  default boolean hasCrashed(String node) {
    return false;
  }

  /** Returns until when what a node left counts, if one who saw it go has told. */
  default Optional<Instant> deadline(String node) {
    return Optional.empty();
  }

  /** Tells the others until when what a node left counts that this one saw go. */
  default void agree(String node, Instant end, Instant now) {
    // There are none.
  }

  /** Tells whether another node is gone or about to go. */
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
