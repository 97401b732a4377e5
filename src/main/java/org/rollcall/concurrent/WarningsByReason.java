package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Warnings about one subject that may be due again with every request. Each reason is logged at
 * most once in ten minutes, and all warnings are counted.
 *
 * <p>Safe for many threads; no call blocks.
 *
 * @param <R> the reasons
 */
public final class WarningsByReason<R extends Enum<R>> {
  private final Map<R, ThrottledWarning> warnings;
  private final Map<R, LongAdder> counts;

  /** Creates one that has not been logged yet. */
  public WarningsByReason(Class<R> reasons, Logger log) {
    this(reasons, log, System::nanoTime);
  }

  WarningsByReason(Class<R> reasons, Logger log, LongSupplier nanos) {
    this.warnings = new EnumMap<>(reasons);
    this.counts = new EnumMap<>(reasons);
    for (R reason : reasons.getEnumConstants()) {
      warnings.put(reason, new ThrottledWarning(log, nanos));
      counts.put(reason, new LongAdder());
    }
  }

  /**
   * Logs a sentence, unless one of this reason was logged in the last ten minutes.
   *
   * @param sentence is asked for only then
   */
  public void log(R reason, Supplier<String> sentence) {
    ThrottledWarning warning = warnings.get(reason);
    LongAdder count = counts.get(reason);
    if (warning != null && count != null) {
      count.increment();
      warning.log(sentence);
    }
  }

  /** Returns how often there was each reason, logged or not, by its name in lower case. */
  public Map<String, LongSupplier> counts() {
    Map<String, LongSupplier> named = new TreeMap<>();
    counts.forEach(
        (reason, count) -> named.put(reason.name().toLowerCase(Locale.ROOT), count::sum));
    return named;
  }
}
