package org.rollcall.infinispan;

import io.reactivex.rxjava3.schedulers.Schedulers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.infinispan.commons.ThreadGroups;

/**
 * Ends the threads that Infinispan and its libraries leave behind when the last cache manager of a
 * WAR has stopped.
 */
public final class InfinispanCleanup {
  private static final Logger LOG = System.getLogger(InfinispanCleanup.class.getName());

  private InfinispanCleanup() {}

  /**
   * Ends the threads. Called when the WAR is undeployed: a cache manager that still runs would miss
   * them.
   */
  public static void end() {
    // RxJava 3.1 keeps a thread that looks after its worker threads, one for each WAR.
    Schedulers.shutdown();
    List.of(ThreadGroups.NON_BLOCKING_GROUP, ThreadGroups.BLOCKING_GROUP)
        .forEach(InfinispanCleanup::drop);
  }

  /**
   * Takes a thread group out of its parent, which keeps it, and with it the whole WAR, up to Java
   * 18.
   */
  @SuppressWarnings({"removal", "ThreadGroup"})
  private static void drop(ThreadGroup group) {
    try {
      group.destroy();
    } catch (IllegalThreadStateException e) {
      LOG.log(Level.DEBUG, "The thread group {0} still has threads", group.getName());
    }
  }
}
