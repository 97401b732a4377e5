package org.rollcall.socket;

import org.jspecify.annotations.Nullable;

/**
 * A diff that waits in a {@link Backlog}, and is made a text only when it leaves. Until then a
 * later diff of the same stream may become part of it.
 *
 * <p>Immutable. Safe for many threads.
 */
public interface WaitingDiff {
  /** Returns about how many characters the text has, at least. */
  int length();

  /** Returns the frame. */
  String text();

  /** Returns this diff and the next one as one diff, or null if that would be too long. */
  @Nullable WaitingDiff with(WaitingDiff next);

  /** Returns whether nothing changes: the next diff has taken back what this one has said. */
  boolean isEmpty();
}
