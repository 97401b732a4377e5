package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private final ManualExecutor between = new ManualExecutor();
  private final List<String> log = new ArrayList<>();
  private final UndertowThread undertowThread = new UndertowThread(thread, between);

  private void execute(Executor executor, int from, int to) {
    IntStream.range(from, to).forEach(i -> executor.execute(() -> log.add("" + i)));
  }

  private static List<String> texts(int to) {
    return IntStream.range(0, to).mapToObj(i -> "" + i).toList();
  }

  @Test
  void theThreadLooksAtItsConnectionsAfterEachTask() {
    execute(undertowThread, 0, 3);
    assertThat(thread.size()).isEqualTo(1);
    for (int i = 1; i <= 3; i++) {
      thread.runAll();
      assertThat(log).isEqualTo(texts(i));
      between.runAll();
    }
    assertThat(thread.size() + between.size()).isZero();
  }

  @Test
  void tasksThatComeMeanwhileWaitForTheirTurn() {
    execute(undertowThread, 0, 2);
    thread.runAll();
    execute(undertowThread, 2, 3);
    assertThat(thread.size()).as("tasks before it has looked at its connections").isZero();
    between.runAll();
    assertThat(thread.size()).isEqualTo(1);
    runAll();
    assertThat(log).isEqualTo(texts(3));
  }

  private void runAll() {
    while (thread.size() + between.size() > 0) {
      thread.runAll();
      between.runAll();
    }
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
    runAll();
    assertThat(log).isEqualTo(texts(1));
  }

  @Test
  void theThreadGoesOnItselfWhereNoOtherCan() {
    UndertowThread alone =
        new UndertowThread(
            thread,
            task -> {
              throw new OutOfMemoryError("no thread, says the test");
            });
    execute(alone, 0, 300);
    thread.runAll();
    assertThat(log).isEqualTo(texts(300));
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
            between);
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
  public record Channel(Executor thread) {
    /** Returns the thread that reads and writes. */
    public Executor getIoThread() {
      return thread;
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
    Executor first = UndertowThread.of(new UndertowSession(new Channel(thread)));
    Executor second = UndertowThread.of(new UndertowSession(new Channel(thread)));
    assertThat(first).isInstanceOf(UndertowThread.class).isSameAs(second);
    ManualExecutor other = new ManualExecutor();
    assertThat(UndertowThread.of(new UndertowSession(new Channel(other)))).isNotSameAs(first);
  }

  @Test
  void aSessionOfAnotherServerHasNoThread() {
    assertThat(UndertowThread.of("a session of Tyrus")).isNull();
    assertThat(UndertowThread.of(new UndertowSession("a channel without threads"))).isNull();
  }

  @Test
  void aThreadOfTheServerRunsAllThatIsSentToIt() throws InterruptedException {
    ExecutorService io = Executors.newSingleThreadExecutor();
    Executor found =
        Objects.requireNonNull(UndertowThread.of(new UndertowSession(new Channel(io))));
    execute(found, 0, 300);
    found.execute(io::shutdown);
    assertThat(io.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(log).isEqualTo(texts(300));
  }
}
