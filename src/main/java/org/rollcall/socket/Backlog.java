package org.rollcall.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The frames that one outbox holds, and the rule that says which frames are dropped when there are
 * too many.
 *
 * <p>A diff that is offered while the last frame is a diff of the same stream becomes part of it,
 * if both are {@link WaitingDiff}s. So a client that many changes reach at once gets few frames.
 *
 * <p>A full backlog loses every frame of a stream, and the streams are stale until their next
 * state. If it fills again before it was once empty, or holds only frames that nothing replaces,
 * the client is too slow.
 *
 * <p>Not safe for many threads: its outbox locks.
 */
final class Backlog {
  private static final char LATIN_1 = 0xff;

  /** What happened to an offered frame. */
  enum Outcome {
    QUEUED,
    DROPPED,
    TOO_SLOW
  }

  /** A frame that waits. */
  sealed interface Item {
    /** Returns the frame's text, which may have to be made. */
    String text();

    /** Returns the stream that a state would replace it in, or null if nothing replaces it. */
    @Nullable Stream stream();

    /** Returns about how many bytes it takes in memory. */
    int size();
  }

  private record Text(String text, @Nullable Stream stream, int size) implements Item {
    Text(String text, @Nullable Stream stream) {
      this(text, stream, sizeOf(text));
    }
  }

  private record Diff(WaitingDiff diff, Stream stream) implements Item {
    @Override
    public String text() {
      return diff.text();
    }

    @Override
    public int size() {
      return diff.length();
    }
  }

  /** A stream as the backlog sees it. */
  static class Stream {
    private boolean stale;
  }

  private final int capacity;
  private final long mostBytes;
  private final ArrayDeque<Item> queue = new ArrayDeque<>(2);
  private final Set<Stream> stale = new LinkedHashSet<>(2);
  private long bytes;
  private boolean strained;

  /**
   * Creates an empty backlog.
   *
   * @param capacity with how many frames it is full
   * @param mostBytes with how many bytes of memory it is
   */
  Backlog(int capacity, long mostBytes) {
    this.capacity = capacity;
    this.mostBytes = mostBytes;
  }

  /** Returns what a text takes in memory: one byte a character if all of them are Latin-1. */
  private static int sizeOf(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > LATIN_1) {
        return Character.BYTES * length;
      }
    }
    return length;
  }

  /** Adds a frame that nothing can replace. */
  Outcome offer(String text) {
    return add(new Text(text, null));
  }

  /** Adds a diff, unless its stream is stale. */
  Outcome offerDiff(String text, Stream stream) {
    return stream.stale ? Outcome.DROPPED : add(new Text(text, stream));
  }

  /** Adds a diff, unless its stream is stale; to the last frame, if that is one of the stream. */
  Outcome offerDiff(WaitingDiff diff, Stream stream) {
    if (stream.stale) {
      return Outcome.DROPPED;
    }
    if (queue.peekLast() instanceof Diff last && last.stream() == stream && bytes < mostBytes) {
      int before = last.size();
      if (last.diff().add(diff)) {
        bytes += last.size() - before;
        dropIfEmpty(last);
        return Outcome.QUEUED;
      }
    }
    return add(new Diff(diff, stream));
  }

  private void dropIfEmpty(Diff last) {
    if (last.diff().isEmpty()) {
      queue.removeLast();
      bytes -= last.size();
    }
  }

  /** Adds a state, with which its stream is whole again. */
  Outcome offerState(String text, Stream stream) {
    stream.stale = false;
    return add(new Text(text, stream));
  }

  private Outcome add(Item item) {
    if (isFull()) {
      boolean again = strained;
      strained = true;
      if (again || !dropStreams()) {
        return Outcome.TOO_SLOW;
      }
      if (item.stream() != null) {
        lose(item.stream());
        return Outcome.DROPPED;
      }
    }
    queue.add(item);
    bytes += item.size();
    return Outcome.QUEUED;
  }

  private boolean isFull() {
    return queue.size() >= capacity || bytes >= mostBytes;
  }

  /** Drops the frames of all streams. Returns whether that made room. */
  private boolean dropStreams() {
    queue.removeIf(
        item -> {
          if (item.stream() == null) {
            return false;
          }
          lose(item.stream());
          bytes -= item.size();
          return true;
        });
    return !isFull();
  }

  private void lose(Stream stream) {
    stream.stale = true;
    stale.add(stream);
  }

  /** Takes the first frame, or null if there is none. */
  @Nullable Item poll() {
    @Nullable Item item = queue.poll();
    if (item != null) {
      bytes -= item.size();
    }
    return item;
  }

  /**
   * Takes the streams that need a state, now that there is room. If there are none, the backlog is
   * not strained any more.
   */
  List<Stream> takeStale() {
    if (stale.isEmpty()) {
      strained = false;
      return List.of();
    }
    List<Stream> taken = new ArrayList<>(stale);
    stale.clear();
    return taken;
  }

  /** Stops asking for a state of a stream. */
  void forget(Stream stream) {
    stale.remove(stream);
  }

  void clear() {
    queue.clear();
    stale.clear();
    bytes = 0;
  }

  int size() {
    return queue.size();
  }
}
