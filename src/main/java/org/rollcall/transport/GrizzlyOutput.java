package org.rollcall.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The buffer of Grizzly beneath an output of Payara, when a long frame passes through it.
 *
 * <p>Grizzly wraps an array that is longer than its buffer instead of copying it, and keeps it
 * until the next one. A state of thousands of friends would stay in memory for as long as its
 * connection, so it is let go. What could not be written at once has been copied.
 *
 * <p>Grizzly of Payara 7 ends a connection when more than four times the bytes that may wait are to
 * wait: 32 KB, also of a single frame that the socket does not take at once. While a long frame is
 * written, as many bytes as it has may wait. How much is sent to a client that does not read is
 * {@code Outbox}'s to limit.
 *
 * <p>By reflection. If a member is missing, the log says so once, and frames are written as the
 * server alone writes them. One thread at a time writes to a connection. No call blocks.
 */
final class GrizzlyOutput {
  private static final Logger LOG = System.getLogger(GrizzlyOutput.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private static final int UNCHANGED = -1;

  private GrizzlyOutput() {}

  /** Writes a frame that is longer than Grizzly's buffer. */
  static void write(OutputStream out, byte[] bytes, int offset, int length) throws IOException {
    int limit = raise(out, length);
    try {
      out.write(bytes, offset, length);
    } finally {
      release(out, limit);
    }
  }

  /** Lets as many bytes wait, and returns how many might wait before. */
  private static int raise(OutputStream out, int length) {
    try {
      @Nullable Object connection = value(buffer(out), "connection");
      if (connection != null) {
        int limit = (int) Reflection.call(connection, "getMaxAsyncWriteQueueSize");
        if (limit >= 0 && limit < length) {
          Reflection.call(connection, "setMaxAsyncWriteQueueSize", length);
          return limit;
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn(e);
    }
    return UNCHANGED;
  }

  /** Sets the old limit again, and lets go of the frame. */
  private static void release(OutputStream out, int limit) {
    try {
      @Nullable Object buffer = buffer(out);
      @Nullable Object connection = value(buffer, "connection");
      if (connection != null && limit != UNCHANGED) {
        Reflection.call(connection, "setMaxAsyncWriteQueueSize", limit);
      }
      @Nullable Object wrapped = value(buffer, "temporaryWriteBuffer");
      if (wrapped != null) {
        Reflection.call(wrapped, "recycle");
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn(e);
    }
  }

  private static @Nullable Object buffer(OutputStream out) throws ReflectiveOperationException {
    return value(value(out, "ob"), "grizzlyOutputBuffer");
  }

  /** Returns a field's value; null of null, as Catalina takes its buffers from a closed output. */
  private static @Nullable Object value(@Nullable Object of, String name)
      throws ReflectiveOperationException {
    return of == null ? null : Reflection.value(of, name);
  }

  private static void warn(Exception e) {
    if (WARNED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "Grizzly''s buffer is not found: a connection keeps its last long frame, and on Payara 7"
              + " one of more than 32 KB may end it ({0})",
          e.toString());
    }
  }
}
