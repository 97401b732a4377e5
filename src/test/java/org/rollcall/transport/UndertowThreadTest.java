package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.ManualExecutor;

@Timeout(60)
class UndertowThreadTest {
  private final ManualExecutor thread = new ManualExecutor();
  private final ManualExecutor workers = new ManualExecutor();
  private final List<String> log = new ArrayList<>();
  private final UndertowThread undertowThread = new UndertowThread(thread, workers);

  private void execute(Executor executor, int from, int to) {
    IntStream.range(from, to).forEach(i -> executor.execute(() -> log.add("" + i)));
  }

  private static List<String> texts(int to) {
    return IntStream.range(0, to).mapToObj(i -> "" + i).toList();
  }

  @Test
  void theThreadLooksAtItsConnectionsAfterAFewTasks() {
    int all = 2 * UndertowThread.IN_A_ROW + 1;
    execute(undertowThread, 0, all);
    assertThat(thread.size()).isEqualTo(1);
    thread.runAll();
    assertThat(log).isEqualTo(texts(UndertowThread.IN_A_ROW));
    workers.runAll();
    thread.runAll();
    assertThat(log).isEqualTo(texts(2 * UndertowThread.IN_A_ROW));
    workers.runAll();
    thread.runAll();
    assertThat(log).isEqualTo(texts(all));
    assertThat(workers.size()).isZero();
  }

  @Test
  void tasksThatComeMeanwhileWaitForTheirTurn() {
    execute(undertowThread, 0, UndertowThread.IN_A_ROW);
    thread.runAll();
    execute(undertowThread, UndertowThread.IN_A_ROW, UndertowThread.IN_A_ROW + 5);
    assertThat(thread.size()).as("tasks before it has looked at its connections").isZero();
    workers.runAll();
    assertThat(thread.size()).isEqualTo(1);
    thread.runAll();
    assertThat(log).isEqualTo(texts(UndertowThread.IN_A_ROW + 5));
  }

  @Test
  void aThreadWithoutTasksTakesTheNextOneAtOnce() {
    execute(undertowThread, 0, 1);
    thread.runAll();
    execute(undertowThread, 1, 2);
    thread.runAll();
    assertThat(log).isEqualTo(texts(2));
  }

  @Test
  void aTaskThatFailsDoesNotKeepTheOthers() {
    undertowThread.execute(
        () -> {
          throw new IllegalStateException("of the test");
        });
    execute(undertowThread, 0, 1);
    thread.runAll();
    assertThat(log).isEqualTo(texts(1));
  }

  @Test
  void theThreadGoesOnItselfWhereNoWorkerCan() {
    UndertowThread alone =
        new UndertowThread(
            thread,
            task -> {
              throw new OutOfMemoryError("no thread, says the test");
            });
    execute(alone, 0, 3 * UndertowThread.IN_A_ROW);
    thread.runAll();
    assertThat(log).isEqualTo(texts(3 * UndertowThread.IN_A_ROW));
  }

  @Test
  void aThreadThatHasEndedKeepsNothing() {
    List<Runnable> taken = new ArrayList<>();
    boolean[] ended = {true};
    UndertowThread over =
        new UndertowThread(
            task -> {
              if (ended[0]) {
                throw new RejectedExecutionException("ended");
              }
              taken.add(task);
            },
            workers);
    execute(over, 0, 2);
    ended[0] = false;
    over.execute(() -> log.add("after"));
    taken.forEach(Runnable::run);
    assertThat(log).containsExactly("after");
  }

  @Test
  void eachTaskOfManyThreadsRunsOnceInItsOrder() throws InterruptedException {
    int each = 20_000;
    int senders = 3;
    List<String> done = new CopyOnWriteArrayList<>();
    ExecutorService io = Executors.newSingleThreadExecutor();
    ExecutorService pool = Executors.newFixedThreadPool(senders + 1);
    UndertowThread shared = new UndertowThread(io, pool);
    int[] counts = new int[senders];
    for (int s = 0; s < senders; s++) {
      int sender = s;
      pool.execute(
          () ->
              IntStream.range(0, each)
                  .forEach(
                      i ->
                          shared.execute(
                              () -> {
                                if (counts[sender]++ != i) {
                                  done.add("out of order: " + sender + ":" + i);
                                }
                                if (i == each - 1) {
                                  done.add("all of " + sender);
                                }
                              })));
    }
    Await.until("all tasks have run", () -> done.size() >= senders);
    assertThat(done).containsExactlyInAnyOrder("all of 0", "all of 1", "all of 2");
    pool.shutdown();
    io.shutdown();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(io.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  /** A channel of Undertow, as far as its threads are concerned. */
  public record Channel(Executor thread, Executor workers) {
    /** Returns the thread that reads and writes. */
    public Executor getIoThread() {
      return thread;
    }

    /** Returns the threads for everything else. */
    public Executor getWorker() {
      return workers;
    }
  }

  /** A session of Undertow, as far as its channel is concerned. */
  public record UndertowSession(Object channel) {
    /** Returns what the session reads and writes. */
    public Object getWebSocketChannel() {
      return channel;
    }
  }

  @Test
  void theConnectionsOfOneThreadShareItsTurns() {
    Executor first = UndertowThread.of(new UndertowSession(new Channel(thread, workers)));
    Executor second = UndertowThread.of(new UndertowSession(new Channel(thread, workers)));
    assertThat(first).isInstanceOf(UndertowThread.class).isSameAs(second);
    ManualExecutor other = new ManualExecutor();
    assertThat(UndertowThread.of(new UndertowSession(new Channel(other, workers))))
        .isNotSameAs(first);
  }

  @Test
  void aSessionOfAnotherServerHasNoThread() {
    assertThat(UndertowThread.of("a session of Tyrus")).isNull();
    assertThat(UndertowThread.of(new UndertowSession("a channel without threads"))).isNull();
  }
}
