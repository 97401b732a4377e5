package org.rollcall.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;

@Timeout(30)
class PollerTest {
  private final AtomicInteger asked = new AtomicInteger();

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  private int askedUntilTheEnd(String thread, int most, BooleanSupplier question) {
    try (Poller poller = Poller.start(thread, Duration.ofMillis(1), most, question)) {
      Await.until("the end of " + thread, () -> asked.get() > 0 && !isAlive(thread));
      assertThat(poller).isNotNull();
    }
    return asked.get();
  }

  @Test
  void aQuestionIsAskedUntilTheAnswerIsYes() {
    assertThat(askedUntilTheEnd("poller-yes", 100, () -> asked.incrementAndGet() == 3))
        .isEqualTo(3);
  }

  @Test
  void aQuestionIsAskedNoMoreThanItMayBe() {
    assertThat(askedUntilTheEnd("poller-most", 5, () -> asked.incrementAndGet() > 100))
        .isEqualTo(5);
  }

  @Test
  void aFailureIsANo() {
    assertThat(
            askedUntilTheEnd(
                "poller-failure",
                100,
                () -> {
                  if (asked.incrementAndGet() < 4) {
                    throw new IllegalStateException("not yet");
                  }
                  return true;
                }))
        .isEqualTo(4);
  }

  @Test
  void aClosedPollerEndsItsQuestion() {
    CountDownLatch never = new CountDownLatch(1);
    Poller poller =
        Poller.start(
            "poller-closed",
            Duration.ofMillis(1),
            100,
            () -> {
              asked.incrementAndGet();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return false;
            });
    Await.until("the question", () -> asked.get() == 1);
    poller.close();
    poller.close();
    Await.until("the end", () -> !isAlive("poller-closed"));
    assertThat(asked).hasValue(1);
  }
}
