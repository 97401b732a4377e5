package org.rollcall.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.WrongSetting;

/**
 * A start that happens once. It succeeds, or fails for good.
 *
 * <p>After a failure nothing is started again, because each attempt would join the cluster anew and
 * wait for it. The reason is reported once, as one line. All callers get {@link NotStarted} without
 * the reason, because servers would log it several times. If no setting explains the failure, its
 * stack is logged.
 *
 * <p>Safe for many threads; a call waits for a start that is under way.
 */
final class StartOnce<T> {
  private static final Logger LOG = System.getLogger("org.rollcall");

  private final Supplier<T> start;
  private final Consumer<String> report;
  private @Nullable T started;
  private boolean starting;
  private boolean failed;

  /**
   * Creates a start that has not happened yet.
   *
   * @param start the start
   * @param report takes the reason of a failure, as one line
   */
  StartOnce(Supplier<T> start, Consumer<String> report) {
    this.start = start;
    this.report = report;
  }

  /**
   * Returns what was started.
   *
   * @throws NotStarted if the start has failed
   * @throws IllegalStateException if called by the start itself
   */
  synchronized T get() {
    if (failed) {
      throw new NotStarted();
    }
    T known = started;
    if (known == null) {
      if (starting) {
        throw new IllegalStateException("Rollcall is starting");
      }
      starting = true;
      try {
        known = start.get();
      } catch (WrongSetting e) {
        throw failed(reasons(e));
      } catch (RuntimeException | LinkageError | AssertionError e) {
        LOG.log(Level.ERROR, "The start has failed", e);
        throw failed(reasons(e));
      } finally {
        starting = false;
      }
      started = known;
    }
    return known;
  }

  private NotStarted failed(String reason) {
    failed = true;
    report.accept(reason);
    return new NotStarted();
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
