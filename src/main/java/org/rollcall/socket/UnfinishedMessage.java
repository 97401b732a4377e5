package org.rollcall.socket;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Budget;
import org.rollcall.protocol.CloseCode;

/**
 * The message of one client that has not ended yet, within the {@link Budget} of its address and
 * node.
 *
 * <p>Safe for many threads; the container's threads add, one at a time, and any thread ends.
 */
final class UnfinishedMessage {
  /** A message of the greatest length takes this time on a line of 4 KB a second. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final int longest;
  private final Budget waiting;
  private @Nullable StringBuilder text;
  private @Nullable ByteArrayOutputStream bytes;
  private int kept;
  private long since;
  private boolean ended;

  /**
   * Creates one that keeps nothing.
   *
   * @param longest characters of a text message, bytes of a binary one
   */
  UnfinishedMessage(int longest, Budget waiting) {
    this.longest = longest;
    this.waiting = waiting;
  }

  /** Returns whether no message has begun, and a whole message of this length is not too long. */
  synchronized boolean isWhole(int length) {
    return text == null && bytes == null && length <= longest;
  }

  /**
   * Adds a part, which may be empty. Returns why the connection has to be closed, if it has to be.
   */
  synchronized @Nullable CloseCode add(String part, long now) {
    CloseCode refused = keep(part.length(), now);
    if (refused == null && !ended) {
      text = text == null ? new StringBuilder(part.length()) : text;
      text.append(part);
    }
    return refused;
  }

  /** Adds a part. Returns why the connection has to be closed, if it has to be. */
  synchronized @Nullable CloseCode add(byte[] part, long now) {
    CloseCode refused = keep(part.length, now);
    if (refused == null && !ended) {
      bytes = bytes == null ? new ByteArrayOutputStream(part.length) : bytes;
      bytes.writeBytes(part);
    }
    return refused;
  }

  /** Returns whether a message has begun so long ago that it should have ended. */
  synchronized boolean isLate(long now) {
    return (text != null || bytes != null) && now - since >= PATIENCE_NANOS;
  }

  private @Nullable CloseCode keep(int length, long now) {
    if (ended) {
      return null;
    }
    if (text == null && bytes == null) {
      since = now;
    }
    if (kept + length > longest) {
      return CloseCode.TOO_BIG;
    }
    if (!waiting.take(length)) {
      return CloseCode.BUSY;
    }
    kept += length;
    return null;
  }

  /** Takes the text of the message, which has ended; null if the connection has ended. */
  synchronized @Nullable String takeText() {
    String whole = text == null ? null : text.toString();
    forget();
    return whole;
  }

  /** Takes the bytes of the message, which has ended; null if the connection has ended. */
  synchronized byte @Nullable [] takeBytes() {
    byte[] whole = bytes == null ? null : bytes.toByteArray();
    forget();
    return whole;
  }

  /** Drops the parts that it keeps, and keeps no more from now on. */
  synchronized void end() {
    ended = true;
    forget();
  }

  private void forget() {
    text = null;
    bytes = null;
    waiting.give(kept);
    kept = 0;
  }
}
