package org.rollcall.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.rollcall.concurrent.Poller;

/**
 * Logs why Rollcall has not started, once, after all that the server logs of the failed deployment:
 * an operator looks at the end of a log first.
 *
 * <p>A server logs a deployment that failed with messages and stack traces, and then what else it
 * has to say of its own start. So the sentence waits on a thread of its own until the server has
 * started and its log has been silent for two seconds, for half a minute at most; it is logged at
 * once when the JVM ends before.
 *
 * <p>By then Payara has closed the loader of the WAR's classes: nothing here may need a class, of
 * the JDK either, for the first time.
 */
final class FailureReport implements Runnable {
  private static final Logger LOG = System.getLogger("org.rollcall");
  private static final Duration SILENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int LOOKS = 300;

  /** WildFly's logger of deployments; no other server has it. */
  private static final String STATE = "jboss.root:type=state";

  private final java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
  private final LogSilence silence = new LogSilence(System::nanoTime);
  private final Level level = Level.ERROR;
  private final AtomicBoolean logged = new AtomicBoolean();
  private final Thread atEnd = new Thread(this, "rollcall-failure-at-end");
  private final String sentence;
  private int looks;

  private FailureReport(String sentence) {
    this.sentence = sentence;
  }

  /**
   * Logs a sentence after all others, in the background. Called on the thread that deploys; returns
   * at once.
   */
  static void of(String sentence) {
    FailureReport report = new FailureReport(sentence);
    report.root.addHandler(report.silence);
    Runtime.getRuntime().addShutdownHook(report.atEnd);
    // Looks for the first time while classes can still be loaded.
    if (!report.look()) {
      Poller unused = Poller.start("rollcall-failure", PAUSE, LOOKS, report::look);
    }
  }

  private boolean look() {
    looks++;
    boolean starting = isServerStarting();
    boolean due = looks == LOOKS || (silence.lasted(SILENCE) && !starting);
    if (due) {
      run();
      root.removeHandler(silence);
      try {
        Runtime.getRuntime().removeShutdownHook(atEnd);
      } catch (IllegalStateException ending) {
        return true;
      }
    }
    return due;
  }

  /** Logs the sentence, if it has not been logged yet. */
  @Override
  public void run() {
    if (logged.compareAndSet(false, true)) {
      LOG.log(level, "Rollcall has not started: {0}", sentence);
    }
  }

  private static boolean isServerStarting() {
    try {
      Object state =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(new ObjectName(STATE), "RunningState");
      return String.valueOf(state).toLowerCase(Locale.ROOT).equals("starting");
    } catch (JMException anotherServer) {
      return false;
    }
  }
}
