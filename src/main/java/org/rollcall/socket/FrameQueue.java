package org.rollcall.socket;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Frames in the order in which they came, each of which holds the next one.
 *
 * <p>A fan-out adds a frame to the queues of thousands of connections, which are not in the core's
 * cache. So a queue is one object, the {@link Backlog} itself, in place of the two or three of a
 * collection.
 *
 * <p>Not safe for many threads: its outbox locks.
 */
abstract class FrameQueue {
  private @Nullable QueuedFrame first;
  private @Nullable QueuedFrame last;
  private int size;
  private long bytes;

  /** Adds a frame behind all others. */
  final void append(QueuedFrame frame) {
    if (last == null) {
      first = frame;
    } else {
      last.next = frame;
    }
    last = frame;
    size++;
    bytes += frame.size();
  }

  /** Takes the first frame, or null if there is none. */
  final @Nullable QueuedFrame poll() {
    @Nullable QueuedFrame frame = first;
    if (frame != null) {
      first = frame.next;
      if (first == null) {
        last = null;
      }
      frame.next = null;
      size--;
      bytes -= frame.size();
    }
    return frame;
  }

  /** Returns the last frame, or null if there is none. */
  final @Nullable QueuedFrame last() {
    return last;
  }

  /** Notes that the last frame takes so many more bytes than before. */
  final void grown(int more) {
    bytes += more;
  }

  /** Drops all frames that a predicate accepts, which sees each of them once, in their order. */
  final void removeIf(Predicate<QueuedFrame> dropped) {
    @Nullable QueuedFrame frame = first;
    removeAll();
    while (frame != null) {
      @Nullable QueuedFrame next = frame.next;
      frame.next = null;
      if (!dropped.test(frame)) {
        append(frame);
      }
      frame = next;
    }
  }

  /** Drops all frames. */
  final void removeAll() {
    first = null;
    last = null;
    size = 0;
    bytes = 0;
  }

  /** Returns the number of frames. */
  final int size() {
    return size;
  }

  /** Returns how many bytes of memory they take. */
  final long bytes() {
    return bytes;
  }
}
