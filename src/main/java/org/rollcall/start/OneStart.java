package org.rollcall.start;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.WrongSetting;

/**
 * A start that happens once: it works, or has failed for good.
 *
 * <p>Whoever asks after a failure gets the same failure, and nothing is started again: each attempt
 * would join the cluster anew, and wait for it. The log has the reason once, on one line, before
 * the stacks that servers print.
 *
 * <p>Safe for many threads; a call waits for a start that is under way.
 */
final class OneStart<T> {
  private static final Logger LOG = System.getLogger("org.rollcall");

  private final Supplier<T> start;
  private @Nullable T started;
  private @Nullable RuntimeException failure;

  OneStart(Supplier<T> start) {
    this.start = start;
  }

  /** Returns what was started, or throws what the start threw. */
  synchronized T get() {
    if (failure != null) {
      throw failure;
    }
    T known = started;
    if (known == null) {
      try {
        known = start.get();
      } catch (WrongSetting e) {
        throw failed(e, e.getMessage());
      } catch (RuntimeException e) {
        throw failed(e, reasons(e));
      } catch (LinkageError | AssertionError e) {
        throw failed(new IllegalStateException("Rollcall could not start", e), reasons(e));
      }
      started = known;
    }
    return known;
  }

  private RuntimeException failed(RuntimeException reason, @Nullable String sentence) {
    failure = reason;
    LOG.log(Level.ERROR, "Rollcall has not started: {0}", sentence);
    return reason;
  }

  /** Returns what an exception says and what its causes say, on one line. */
  private static String reasons(Throwable thrown) {
    StringBuilder said = new StringBuilder();
    for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
      String part = Objects.requireNonNullElse(at.getMessage(), at.getClass().getName());
      if (said.indexOf(part) < 0) {
        said.append(said.isEmpty() ? "" : ": ").append(part.strip().replaceAll("\\R", " "));
      }
    }
    return said.toString();
  }
}
