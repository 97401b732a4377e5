package org.rollcall.cluster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a node, as this node knows it.
 *
 * @param id the id of the run, which is the owner in its entries
 * @param status whether it is up
 * @param seen whether this node has seen it up
 * @param until if it is down, until when its entries and counts still count, once that is decided;
 *     if it is removed, until when it is remembered
 */
public record Member(String id, Status status, boolean seen, @Nullable Instant until) {
  /** Whether a node is up. A node that is up says by itself that it joins or leaves. */
  public enum Status {
    /** It is in the view. */
    UP,
    /** It is not in the view. Its entries and counts still count, for users who come back. */
    DOWN,
    /** Its entries and counts count no more. */
    REMOVED
  }

  static Member up(String id) {
    return new Member(id, Status.UP, true, null);
  }

  /**
   * Returns a node that is known only by an entry or a count, as this node has not seen it up or
   * has forgotten it.
   */
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

  /** Returns whether the time of its status is over. */
  boolean isOver(Instant now) {
    return until != null && !now.isBefore(until);
  }
}
