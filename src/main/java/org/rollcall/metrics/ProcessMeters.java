package org.rollcall.metrics;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The meters of the process that the node runs in: of the whole server.
 *
 * <p>What only some JVMs tell is read by its name, as WildFly shows a WAR no class of {@code
 * com.sun.management}.
 */
record ProcessMeters(Meters meters) {
  private static final Logger LOG = System.getLogger(ProcessMeters.class.getName());
  private static final String SYSTEM = "java.lang:type=OperatingSystem";
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  void add() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    meters.gauge(
        Meters.Name.of("jvm.threads", "Threads of the JVM."), () -> threads.getThreadCount());
    Meters.Name collections = Meters.Name.of("jvm.gc.collection", "Garbage collections.").by("gc");
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      meters.timer(
          collections,
          gc.getName(),
          gc::getCollectionCount,
          () -> TimeUnit.MILLISECONDS.toNanos(gc.getCollectionTime()));
    }
    meters.counter(
        Meters.Name.of("process.cpu", "CPU time of the process.").in("seconds"),
        "",
        number("ProcessCpuTime", NANOS));
    meters.gauge(
        Meters.Name.of("process.open.fds", "Open file descriptors of the process."),
        number("OpenFileDescriptorCount", 1));
    meters.gauge(
        Meters.Name.of("process.max.fds", "The most file descriptors that it may have."),
        number("MaxFileDescriptorCount", 1));
  }

  private static DoubleSupplier number(String attribute, double divisor) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    return () -> {
      try {
        Object value = beans.getAttribute(new ObjectName(SYSTEM), attribute);
        return value instanceof Number number ? number.doubleValue() / divisor : Double.NaN;
      } catch (JMException unknown) {
        LOG.log(Level.TRACE, "This JVM does not tell " + attribute, unknown);
        return Double.NaN;
      }
    };
  }
}
