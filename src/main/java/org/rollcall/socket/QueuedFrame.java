package org.rollcall.socket;

import org.jspecify.annotations.Nullable;

/**
 * A frame that waits in a {@link FrameQueue}.
 *
 * <p>Not safe for many threads: its outbox locks.
 */
abstract sealed class QueuedFrame {
  /** The frame behind it. */
  @Nullable QueuedFrame next;

  /** Returns the frame's text, which may have to be made. */
  abstract String text();

  /** Returns the stream that a state would replace it in, or null if nothing replaces it. */
  abstract Backlog.@Nullable Stream stream();

  /** Returns about how many bytes it takes in memory. */
  abstract int size();

  /** A frame whose text is known. */
  static final class Text extends QueuedFrame {
    private final String text;
    private final Backlog.@Nullable Stream stream;
    private final int size;

    Text(String text, Backlog.@Nullable Stream stream) {
      this.text = text;
      this.stream = stream;
      this.size = WaitingDiff.sizeOf(text);
    }

    @Override
    String text() {
      return text;
    }

    @Override
    Backlog.@Nullable Stream stream() {
      return stream;
    }

    @Override
    int size() {
      return size;
    }
  }

  /** A diff that others may become part of while it waits. */
  static final class Diff extends QueuedFrame {
    private final WaitingDiff diff;
    private final Backlog.Stream stream;

    Diff(WaitingDiff diff, Backlog.Stream stream) {
      this.diff = diff;
      this.stream = stream;
    }

    WaitingDiff diff() {
      return diff;
    }

    @Override
    String text() {
      return diff.text();
    }

    @Override
    Backlog.Stream stream() {
      return stream;
    }

    @Override
    int size() {
      return diff.size();
    }
  }
}
