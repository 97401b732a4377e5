package org.rollcall.transport;

import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The buffer of Grizzly beneath an output of Payara 6: lets go of the last long frame.
 *
 * <p>Grizzly wraps an array that is longer than its buffer instead of copying it, and keeps it
 * until the next one. A state of thousands of friends would stay in memory for as long as its
 * connection. What could not be written at once has been copied.
 *
 * <p>By reflection. If a field is missing, the log says so once, and frames are kept as the server
 * alone keeps them. Safe for many threads; no call blocks.
 */
final class GrizzlyOutput {
  private static final Logger LOG = System.getLogger(GrizzlyOutput.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private GrizzlyOutput() {}

  /** Lets go of the frame that the calling thread has just written. */
  static void release(OutputStream out) {
    try {
      Object buffer = value(value(out, "ob"), "grizzlyOutputBuffer");
      Object wrapped = value(buffer, "temporaryWriteBuffer");
      Method recycle = wrapped.getClass().getMethod("recycle");
      recycle.setAccessible(true);
      recycle.invoke(wrapped);
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "Grizzly''s buffer is not found: a connection keeps its last long frame ({0})",
            e.toString());
      }
    }
  }

  private static Object value(Object of, String name) throws ReflectiveOperationException {
    for (Class<?> each = of.getClass(); each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field.get(of);
        }
      }
    }
    throw new NoSuchFieldException(of.getClass().getName() + "." + name);
  }
}
