package org.rollcall.socket;

/**
 * A diff that waits in a {@link Backlog}, and is made a text only when it leaves. Until then later
 * diffs of the same stream may become part of it.
 *
 * <p>Used by one thread at a time: under the outbox's lock while it waits, then by the thread that
 * sends it. No call blocks.
 */
public interface WaitingDiff {
  /** Returns about how many bytes the text takes in memory, at least. */
  int size();

  /** Returns what a text takes in memory: one byte a character if all of them are Latin-1. */
  static int sizeOf(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > 0xff) {
        return Character.BYTES * length;
      }
    }
    return length;
  }

  /** Returns the frame. */
  String text();

  /**
   * Makes the next diff part of this one, unless it would be too long.
   *
   * @param next one to which nothing was added
   * @return whether it is part of this one
   */
  boolean add(WaitingDiff next);

  /** Returns whether nothing changes: a later diff has taken back what the first one has said. */
  boolean isEmpty();
}
