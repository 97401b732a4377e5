package org.rollcall.identity;

import java.lang.System.Logger;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Warnings of one subject, which may come again with every request: those of each reason are logged
 * at most once in ten minutes.
 *
 * <p>Safe for many threads; no call blocks.
 *
 * @param <R> the reasons
 */
public final class WarningPerReason<R extends Enum<R>> {
  private final Map<R, RareWarning> warnings;

  /** Creates one that has not been logged yet. */
  public WarningPerReason(Class<R> reasons, Logger log) {
    this(reasons, log, System::nanoTime);
  }

  WarningPerReason(Class<R> reasons, Logger log, LongSupplier nanos) {
    this.warnings = new EnumMap<>(reasons);
    for (R reason : reasons.getEnumConstants()) {
      warnings.put(reason, new RareWarning(log, nanos));
    }
  }

  /**
   * Logs a sentence, unless one of this reason was logged a short time ago.
   *
   * @param sentence is asked for only then
   */
  public void log(R reason, Supplier<String> sentence) {
    RareWarning warning = warnings.get(reason);
    if (warning != null) {
      warning.log(sentence);
    }
  }
}
