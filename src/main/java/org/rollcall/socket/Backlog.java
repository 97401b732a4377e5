package org.rollcall.socket;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
final class Backlog extends FrameQueue {
  /** What happened to an offered frame. */
  enum Outcome {
    QUEUED,
    DROPPED,
    TOO_SLOW
  }

  /** A stream as the backlog sees it. */
  static class Stream {
    private boolean stale;
  }

  private final int capacity;
  private final long mostBytes;
  private final Set<Stream> stale = new LinkedHashSet<>(2);
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

  /** Adds a frame that nothing can replace. */
  Outcome offer(String text) {
    return add(new QueuedFrame.Text(text, null));
  }

  /** Adds a diff, unless its stream is stale. */
  Outcome offerDiff(String text, Stream stream) {
    return stream.stale ? Outcome.DROPPED : add(new QueuedFrame.Text(text, stream));
  }

  /** Adds a diff, unless its stream is stale; to the last frame, if that is one of the stream. */
  Outcome offerDiff(WaitingDiff diff, Stream stream) {
    if (stream.stale) {
      return Outcome.DROPPED;
    }
    if (last() instanceof QueuedFrame.Diff last && last.stream() == stream && bytes() < mostBytes) {
      int before = last.size();
      if (last.diff().add(diff)) {
        grown(last.size() - before);
        dropIfEmpty(last);
        return Outcome.QUEUED;
      }
    }
    return add(new QueuedFrame.Diff(diff, stream));
  }

  /** Few changes cancel out, so all frames may be looked at. */
  private void dropIfEmpty(QueuedFrame.Diff last) {
    if (last.diff().isEmpty()) {
      removeIf(frame -> frame == last);
    }
  }

  /** Adds a state, with which its stream is whole again. */
  Outcome offerState(String text, Stream stream) {
    stream.stale = false;
    return add(new QueuedFrame.Text(text, stream));
  }

  private Outcome add(QueuedFrame frame) {
    if (isFull()) {
      boolean again = strained;
      strained = true;
      if (again || !dropStreams()) {
        return Outcome.TOO_SLOW;
      }
      if (frame.stream() != null) {
        lose(frame.stream());
        return Outcome.DROPPED;
      }
    }
    append(frame);
    return Outcome.QUEUED;
  }

  private boolean isFull() {
    return size() >= capacity || bytes() >= mostBytes;
  }

  /** Drops the frames of all streams. Returns whether that made room. */
  private boolean dropStreams() {
    removeIf(
        frame -> {
          if (frame.stream() == null) {
            return false;
          }
          lose(frame.stream());
          return true;
        });
    return !isFull();
  }

  private void lose(Stream stream) {
    stream.stale = true;
    stale.add(stream);
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

  /** Returns whether it was full, and has not been found empty without a stale stream since. */
  boolean isStrained() {
    return strained;
  }

  /** Stops asking for a state of a stream. */
  void forget(Stream stream) {
    stale.remove(stream);
  }

  /** Drops all frames, and asks for no state. */
  void clear() {
    removeAll();
    stale.clear();
  }
}
