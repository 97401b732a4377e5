package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogSilenceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void silenceLastsFromTheLastRecordOn() {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    LogSilence silence = new LogSilence(now::get);
    assertThat(silence.lasted(SECOND)).isFalse();
    now.addAndGet(SECOND.toNanos());
    assertThat(silence.lasted(SECOND)).isTrue();
    silence.publish(new LogRecord(Level.INFO, "x"));
    assertThat(silence.lasted(SECOND)).isFalse();
    now.addAndGet(SECOND.toNanos() - 1);
    assertThat(silence.lasted(SECOND)).isFalse();
    now.addAndGet(1);
    assertThat(silence.lasted(SECOND)).isTrue();
  }
}
