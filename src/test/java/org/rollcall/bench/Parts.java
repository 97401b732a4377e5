package org.rollcall.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The classes that need no server, each measured alone by JMH in a JVM of its own.
 *
 * <p>The measurements of a class stand beside it, in the class of its name and {@code Benchmark};
 * the compiler lists them for JMH. JMH's account of each is in the generator's log.
 */
final class Parts {
  private static final int WARM_UP = 3;
  private static final int ITERATIONS = 5;

  private final GeneratorRun run;
  private final OutputFormat log =
      OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL);

  Parts(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    for (BenchmarkListEntry each : BenchmarkList.defaultList().getAll(log, List.of())) {
      String part = each.getUsername();
      run.step(ScenarioKind.PARTS, name(part));
      Result<?> time = measure(part);
      run.figure(name(part) + ", ns each", time.getScore(), time.getScoreError());
    }
  }

  /** Measures one part. */
  private Result<?> measure(String part) {
    TimeValue iteration =
        TimeValue.nanoseconds(run.options().parts().toNanos() / (WARM_UP + ITERATIONS));
    Options options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(part) + "$")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .jvmArgs("-XX:+UseSerialGC", "-Xmx1g")
            .warmupIterations(WARM_UP)
            .warmupTime(iteration)
            .measurementIterations(ITERATIONS)
            .measurementTime(iteration)
            .shouldFailOnError(true)
            .build();
    try {
      return new Runner(options, log).runSingle().getPrimaryResult();
    } catch (RunnerException e) {
      throw new BenchFailure("JMH could not measure %s: %s".formatted(part, e.getMessage()), e);
    }
  }

  /**
   * Returns the name of a part for people.
   *
   * @param part the full name of a method, such as {@code
   *     org.rollcall.presence.TopicStatesBenchmark.tell2000Subscribers}
   */
  static String name(String part) {
    int method = part.lastIndexOf('.') + 1;
    String type = part.substring(part.lastIndexOf('.', method - 2) + 1, method - 1);
    String words =
        part.substring(method)
            .replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9A-Z])(?=[A-Z])", " ")
            .toLowerCase(Locale.ROOT);
    return type.replaceFirst("Benchmark$", "") + ": " + words;
  }
}
