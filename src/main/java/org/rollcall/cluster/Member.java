package org.rollcall.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node, as this node knows it.
 *
 * @param id the id of the run, which its entries bear as their owner
 * @param status whether it is up
 * @param seen whether this node has seen it up
 * @param until until when what it left counts, once that is decided; of one that is removed, until
 *     when it is remembered
 */
public record Member(String id, Status status, boolean seen, @Nullable Instant until) {
  /** Whether a node is up. A node that is up says by itself that it joins or leaves. */
  public enum Status {
    /** It is in the view. */
    UP,
    /** It is not in the view; what it left still counts, for users who come back. */
    DOWN,
    /** What it left counts no more. */
    REMOVED
  }

  static Member up(String id) {
    return new Member(id, Status.UP, true, null);
  }

  /** Returns one that left something, and that this node has not seen up or may have forgotten. */
  static Member found(String id) {
    return new Member(id, Status.DOWN, false, null);
  }

  Member down() {
    return new Member(id, Status.DOWN, seen, null);
  }

  Member downUntil(Instant end) {
    return new Member(id, Status.DOWN, seen, end);
  }

  Member removed(Instant remembered) {
    return new Member(id, Status.REMOVED, seen, remembered);
  }

  boolean isDown() {
    return status == Status.DOWN;
  }

  boolean isRemoved() {
    return status == Status.REMOVED;
  }

  /** Tells whether the time is over that it is in this status for. */
  boolean isOver(Instant now) {
    return until != null && !now.isBefore(until);
  }
}
