package org.rollcall.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;

@Timeout(30)
class MetersTest {
  private final Meters meters = new Meters();

  private String page() {
    return meters.read("").text();
  }

  @Test
  void everyMeterSaysWhatItsPartOfTheNodeSaysNowHoweverLongNobodyElseKeepsIt() {
    AtomicLong number = new AtomicLong(1);
    Stopwatch watch = new Stopwatch(() -> number.get() * 1_000_000_000L);
    meters.counter(Meters.Name.of("a.counter", "A."), () -> number.get());
    meters.counters(Meters.Name.of("b", "B.").by("k"), Map.of("v", () -> number.get()));
    meters.gauge(Meters.Name.of("c", "C.").in("bytes"), () -> number.get());
    meters.timer(Meters.Name.of("d", "D."), watch);
    WeakReference<Object> collected = new WeakReference<>(new Object());
    Await.until(
        () -> {
          System.gc();
          assertThat(collected.get()).isNull();
        });
    long begin = watch.begin();
    number.set(3);
    watch.end(begin, false);
    assertThat(watch.failures()).isEqualTo(1);
    assertThat(page())
        .contains(
            "a_counter_total 3.0\n",
            "b_total{k=\"v\"} 3.0\n",
            "c_bytes 3.0\n",
            "d_seconds_count 1\n",
            "d_seconds_sum 2.0\n");
  }

  @Test
  void theProcessHasUsedProcessorTimeAndFiles() {
    assertThat(page())
        .containsPattern("process_cpu_seconds_total [0-9.E]*[1-9]")
        .containsPattern("process_open_fds [1-9]")
        .containsPattern("jvm_threads [1-9]")
        .doesNotContain("NaN");
  }
}
