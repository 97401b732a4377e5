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
 * All meters of a node. Each reads a number from a part of the node when somebody reads the
 * metrics. Nothing is recorded here, and nothing runs by itself.
 *
 * <p>Safe for many threads. The function that a meter reads must not block.
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
    /** Returns the name of a meter without a label. */
    public static Name of(String name, String help) {
      return new Name(name, help, "", "");
    }

    /**
     * Returns the name of meters that differ in one label, of which each value is known beforehand.
     */
    public Name by(String other) {
      return new Name(name, help, other, unit);
    }

    /** Returns this name with a unit. */
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

  /** Adds such a number for one value of the meter's label. */
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

  /** Adds such a number for one value of the meter's label. */
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
   * The text of all meters for a reader.
   *
   * @param type its media type
   * @param text all meters with their values now
   */
  public record Page(String type, String text) {}

  /**
   * Returns the values of all meters now.
   *
   * @param accept the formats that the reader takes: OpenMetrics if it names that, else
   *     Prometheus's own
   */
  public Page read(String accept) {
    String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PLAIN;
    return new Page(type, registry.scrape(type));
  }
}
