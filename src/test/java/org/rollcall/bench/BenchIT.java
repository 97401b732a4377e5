package org.rollcall.bench;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the benchmark: {@code mvn verify -Pbench}. It asserts no figure, only right behaviour. */
@Tag("bench")
@Timeout(value = 8, unit = TimeUnit.HOURS)
class BenchIT {
  @Test
  void everythingIsMeasured() {
    new Benchmark(BenchOptions.of(System.getProperties()), System.out).run();
  }
}
