package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.concurrent.AfterTask;
import org.rollcall.testing.Await;
import org.rollcall.testing.ManualExecutor;

/** Which thread sends, and how many frames are on their way. */
@Timeout(60)
class OutboxThreadsTest {
  private static final int CAPACITY = 100_000;

  private final ManualExecutor executor = new ManualExecutor();
  private final WindowTransport transport = new WindowTransport(8);
  private final List<String> ends = new ArrayList<>();
  private long now = 1000;
  private final Outbox outbox =
      new Outbox(transport, executor, new OutboxLimits(CAPACITY, 1000, () -> now), listener(ends));

  private static OutboxListener listener(List<String> ends) {
    return new OutboxListener() {
      @Override
      public void slow() {
        ends.add("slow");
      }

      @Override
      public void lost() {
        ends.add("lost");
      }
    };
  }

  private void send(int from, int to) {
    IntStream.range(from, to).forEach(i -> outbox.send("" + i));
  }

  private static List<String> texts(int to) {
    return IntStream.range(0, to).mapToObj(i -> "" + i).toList();
  }

  @Test
  void eightFramesAreOnTheirWayAtATimeAndTheThreadOfACompletionGoesOn() {
    send(0, 20);
    executor.runAll();
    assertThat(transport.sent).isEqualTo(texts(8));
    transport.complete();
    assertThat(transport.sent).isEqualTo(texts(9));
    while (!transport.flying.isEmpty()) {
      transport.complete();
    }
    assertThat(transport.sent).isEqualTo(texts(20));
    assertThat(executor.size()).as("tasks of the executor").isZero();
  }

  @Test
  void aLongFrameGoesAlone() {
    outbox.send("x".repeat(10_000));
    send(0, 2);
    executor.runAll();
    assertThat(transport.sent).hasSize(1);
    transport.complete();
    assertThat(transport.sent).hasSize(3);
  }

  @Test
  void aTaskSendsAtItsEndOnItsOwnThread() {
    AfterTask.run(
        () -> {
          send(0, 3);
          assertThat(transport.sent).isEmpty();
        },
        executor);
    assertThat(transport.sent).isEqualTo(texts(3));
    assertThat(executor.size()).isZero();
  }

  @Test
  void aFrameDoesNotWaitForTheEndOfALongTaskOfAnotherThread() {
    AfterTask.run(
        () -> {
          outbox.send("0");
          CompletableFuture.runAsync(() -> outbox.send("1")).join();
          executor.runAll();
          assertThat(transport.sent).containsExactly("0", "1");
        },
        executor);
    assertThat(transport.sent).containsExactly("0", "1");
  }

  @Test
  void theConnectionsOwnThreadSendsWhatATaskHandsOver() {
    ManualExecutor own = new ManualExecutor();
    transport.thread = own;
    AfterTask.runAndHandOver(() -> send(0, 3), executor);
    executor.runAll();
    assertThat(transport.sent).isEmpty();
    own.runAll();
    assertThat(transport.sent).isEqualTo(texts(3));
  }

  @Test
  void aReplyDoesNotWaitForTheConnectionsOwnThread() {
    ManualExecutor own = new ManualExecutor();
    transport.thread = own;
    AfterTask.runAndHandOver(() -> outbox.send("0"), executor);
    CompletableFuture.runAsync(() -> AfterTask.run(() -> outbox.send("1"), executor)).join();
    assertThat(transport.sent).containsExactly("0", "1");
    own.runAll();
    assertThat(transport.sent).containsExactly("0", "1");
  }

  @Test
  void theTimeOfAFrameBeginsWhenTheOneBeforeHasLeft() {
    send(0, 2);
    executor.runAll();
    now += 900;
    transport.complete();
    now += 900;
    outbox.check(now);
    assertThat(executor.size()).isZero();
    now += 100;
    outbox.check(now);
    executor.runAll();
    assertThat(ends).containsExactly("slow");
  }

  @Test
  void framesThatFailTogetherAreOneLoss() {
    send(0, 3);
    executor.runAll();
    while (!transport.flying.isEmpty()) {
      transport.first().sent(false);
    }
    assertThat(ends).containsExactly("lost");
  }

  @Test
  void noStateIsAskedForBeforeTheLastFrameHasLeft() {
    List<String> restated = new ArrayList<>();
    Outbox small =
        new Outbox(transport, executor, new OutboxLimits(4, 1000, () -> now), listener(ends));
    Outbox.Stream stream = small.stream(() -> restated.add("state"));
    for (int i = 0; i < 8; i++) {
      small.send("" + i);
      executor.runAll();
    }
    IntStream.range(0, 9).forEach(i -> stream.push("diff"));
    while (transport.flying.size() > 1) {
      transport.complete();
      executor.runAll();
      assertThat(restated).isEmpty();
    }
    transport.complete();
    assertThat(restated).containsExactly("state");
  }

  /** Frames of many threads leave, each thread's in their order, however completions fall. */
  @ParameterizedTest(name = "a thread of the connection''s own: {0}")
  @ValueSource(booleans = {false, true})
  void noFrameIsLeftBehindWhileThreadsSendAndComplete(boolean ownThread)
      throws InterruptedException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    transport.thread = ownThread ? thread : null;
    int senders = 4;
    int each = 5_000;
    ExecutorService pool = Executors.newFixedThreadPool(senders + 3);
    Outbox shared =
        new Outbox(
            transport, pool, new OutboxLimits(CAPACITY, 1000, System::nanoTime), listener(ends));
    for (int s = 0; s < senders; s++) {
      int sender = s;
      pool.execute(() -> sendAll(shared, pool, sender, each));
    }
    pool.execute(
        () -> {
          for (int done = 0; done < senders * each; ) {
            if (!isFlying()) {
              Thread.onSpinWait();
            } else {
              transport.complete();
              done++;
            }
          }
        });
    Await.until("all frames have left", () -> count() == senders * each && !isFlying());
    pool.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    thread.shutdown();
    assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    for (int s = 0; s < senders; s++) {
      String prefix = s + ":";
      List<String> own = transport.sent.stream().filter(text -> text.startsWith(prefix)).toList();
      assertThat(own).isEqualTo(IntStream.range(0, each).mapToObj(i -> prefix + i).toList());
    }
  }

  private static void sendAll(Outbox shared, ExecutorService pool, int sender, int each) {
    for (int i = 0; i < each; ) {
      int from = i;
      int to = Math.min(each, from + 1 + ThreadLocalRandom.current().nextInt(5));
      Runnable some = () -> IntStream.range(from, to).forEach(n -> shared.send(sender + ":" + n));
      if (to % 3 == 0) {
        AfterTask.run(some, pool);
      } else if (to % 3 == 1) {
        AfterTask.runAndHandOver(some, pool);
      } else {
        some.run();
      }
      i = to;
    }
  }

  private boolean isFlying() {
    synchronized (transport) {
      return !transport.flying.isEmpty();
    }
  }

  private int count() {
    synchronized (transport) {
      return transport.sent.size();
    }
  }
}
