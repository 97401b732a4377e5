package org.rollcall.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * All meters of a node. Each is a question to a part of the node, which is asked when somebody
 * reads: nothing is recorded here, and nothing runs by itself.
 *
 * <p>Safe for many threads. What a meter asks must not block.
 */
public final class Meters {
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  // Micrometer keeps what counters and timers ask by weak references: once collected, their last
  // number would stand for ever.
  private final Queue<Object> kept = new ConcurrentLinkedQueue<>();

  /**
   * A meter's name, labels and meaning.
   *
   * @param name its name with dots; Prometheus's is made of it
   * @param help a sentence
   * @param label the name of its one label, or nothing
   * @param unit what it counts in, or nothing
   */
  public record Name(String name, String help, String label, String unit) {
    /** Names a meter without a label. */
    public static Name of(String name, String help) {
      return new Name(name, help, "", "");
    }

    /** Names meters that are told apart by a label, of which each value is known beforehand. */
    public Name by(String other) {
      return new Name(name, help, other, unit);
    }

    /** Says in what it counts. */
    public Name in(String other) {
      return new Name(name, help, label, other);
    }
  }

  /** Creates the meters of the JVM and its process. */
  public Meters() {
    // Neither listens to anything, which would keep the classes of an undeployed WAR.
    new JvmMemoryMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new ProcessMeters(this).add();
  }

  /** Adds a number that goes up and down. */
  public void gauge(Name name, DoubleSupplier value) {
    gauge(name, "", value);
  }

  /** The same for one value of its label. */
  public void gauge(Name name, String value, DoubleSupplier number) {
    Gauge.Builder<DoubleSupplier> gauge =
        Gauge.builder(name.name(), number, DoubleSupplier::getAsDouble)
            .strongReference(true)
            .description(name.help());
    if (!name.unit().isEmpty()) {
      gauge.baseUnit(name.unit());
    }
    if (!name.label().isEmpty()) {
      gauge.tag(name.label(), value);
    }
    gauge.register(registry);
  }

  /** Adds a number that only goes up. */
  public void counter(Name name, LongSupplier value) {
    counter(name, "", () -> (double) value.getAsLong());
  }

  /** Adds one number for each value of a label. */
  public void counters(Name name, Map<String, LongSupplier> values) {
    values.forEach((value, number) -> counter(name, value, () -> (double) number.getAsLong()));
  }

  /** The same for one value of its label. */
  void counter(Name name, String value, DoubleSupplier number) {
    kept.add(number);
    FunctionCounter.Builder<DoubleSupplier> counter =
        FunctionCounter.builder(name.name(), number, DoubleSupplier::getAsDouble)
            .description(name.help());
    if (!name.unit().isEmpty()) {
      counter.baseUnit(name.unit());
    }
    if (!name.label().isEmpty()) {
      counter.tag(name.label(), value);
    }
    counter.register(registry);
  }

  /** Adds how often something was done, and how long all of it took. */
  public void timer(Name name, Stopwatch watch) {
    timer(name, "", watch::times, watch::nanos);
  }

  void timer(Name name, String value, LongSupplier times, LongSupplier nanos) {
    kept.add(times);
    FunctionTimer.Builder<LongSupplier> timer =
        FunctionTimer.builder(
                name.name(),
                times,
                LongSupplier::getAsLong,
                any -> nanos.getAsLong(),
                TimeUnit.NANOSECONDS)
            .description(name.help());
    if (!name.label().isEmpty()) {
      timer.tag(name.label(), value);
    }
    timer.register(registry);
  }

  /**
   * What a reader is given.
   *
   * @param type its media type
   * @param text all meters, with what they say now
   */
  public record Page(String type, String text) {}

  /**
   * Returns what all meters say now.
   *
   * @param accept the formats that the reader takes: OpenMetrics if it names that, else
   *     Prometheus's own
   */
  public Page read(String accept) {
    String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PLAIN;
    return new Page(type, registry.scrape(type));
  }
}
