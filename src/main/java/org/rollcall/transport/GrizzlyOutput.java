package org.rollcall.transport;

import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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

  /** A class copies all of its fields for each look-up. */
  private static final ConcurrentMap<Lookup, Optional<Field>> FIELDS = new ConcurrentHashMap<>();

  private record Lookup(Class<?> type, String name) {}

  private GrizzlyOutput() {}

  /** Lets go of the frame that the calling thread has just written. */
  static void release(OutputStream out) {
    try {
      @Nullable Object wrapped =
          value(value(value(out, "ob"), "grizzlyOutputBuffer"), "temporaryWriteBuffer");
      if (wrapped != null) {
        UndertowConnection.call(wrapped, "recycle");
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "Grizzly''s buffer is not found: a connection keeps its last long frame ({0})",
            e.toString());
      }
    }
  }

  /** Returns a field's value; null of null, as Catalina takes its buffers from a closed output. */
  private static @Nullable Object value(@Nullable Object of, String name)
      throws ReflectiveOperationException {
    if (of == null) {
      return null;
    }
    Lookup lookup = new Lookup(of.getClass(), name);
    Optional<Field> field = FIELDS.computeIfAbsent(lookup, GrizzlyOutput::find);
    return field.orElseThrow(() -> new NoSuchFieldException(lookup.toString())).get(of);
  }

  private static Optional<Field> find(Lookup lookup) {
    for (Class<?> each = lookup.type(); each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(lookup.name())) {
          field.setAccessible(true);
          return Optional.of(field);
        }
      }
    }
    return Optional.empty();
  }
}
