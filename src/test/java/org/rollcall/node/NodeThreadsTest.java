package org.rollcall.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class NodeThreadsTest {
  private final NodeThreads threads = new NodeThreads(true);

  @AfterEach
  void close() {
    threads.close();
  }

  @Test
  void aTaskThatFailsEndsNeitherItselfNorTheOthersOfTheRow() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(2);
    CountDownLatch others = new CountDownLatch(2);
    threads.everySecond(
        () -> {
          failed.countDown();
          throw new IllegalStateException("expected by the test");
        });
    threads.everySecond(others::countDown);
    failed.await();
    others.await();
  }
}
