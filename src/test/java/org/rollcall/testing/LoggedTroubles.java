package org.rollcall.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What Rollcall logs in this process at WARNING and above, from its creation to its close. */
public final class LoggedTroubles implements AutoCloseable {
  private static final String PROBE =
      "Nothing is wrong: a test makes sure that it would hear of it";

  private static final SimpleFormatter FORMATTER = new SimpleFormatter();

  private final Logger logger = Logger.getLogger("org.rollcall");
  private final List<String> all = new CopyOnWriteArrayList<>();
  private volatile boolean hears;
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (PROBE.equals(entry.getMessage())) {
            hears = true;
          } else if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            all.add(FORMATTER.formatMessage(entry) + ": " + entry.getThrown());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** Begins to listen; fails if Rollcall's own loggers do not reach it. */
  public LoggedTroubles() {
    logger.addHandler(handler);
    System.getLogger(LoggedTroubles.class.getName()).log(System.Logger.Level.WARNING, PROBE);
    if (!hears) {
      throw new AssertionError("Expected to hear what " + logger.getName() + " logs");
    }
  }

  /** Returns what was logged, each with the exception it came with, or null. */
  public List<String> all() {
    return List.copyOf(all);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
