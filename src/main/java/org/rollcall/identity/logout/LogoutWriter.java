package org.rollcall.identity.logout;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;

/**
 * Writes log-outs for callers that do not wait. There is one write at a time; each has all log-outs
 * that came since the write before it began.
 *
 * <p>So one thread waits for a node that does not answer, however many users log out meanwhile. Ten
 * thousand log-outs wait at most, each once.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class LogoutWriter {
  private static final int BATCH = 500;
  private static final int MOST = 10_000;

  private final Predicate<List<Logout>> write;
  private final Executor workers;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private boolean running;

  private record Waiting(Logout logout, CompletableFuture<Boolean> written) {}

  /**
   * Creates one that has written nothing.
   *
   * @param write writes log-outs, 500 at most, and returns whether every node knows them; called by
   *     one worker at a time, and may wait
   */
  LogoutWriter(Predicate<List<Logout>> write, Executor workers) {
    this.write = write;
    this.workers = workers;
  }

  /**
   * Writes a log-out, now or with the next write.
   *
   * @return completes, on a worker, with whether every node knows it; empty if too many wait
   */
  Optional<CompletionStage<Boolean>> write(Logout logout) {
    Waiting mine;
    synchronized (waiting) {
      if (!waiting.containsKey(logout.id()) && waiting.size() >= MOST) {
        return Optional.empty();
      }
      mine =
          waiting.computeIfAbsent(
              logout.id(), id -> new Waiting(logout, new CompletableFuture<>()));
      if (running) {
        return Optional.of(mine.written());
      }
      running = true;
    }
    start();
    return Optional.of(mine.written());
  }

  private void start() {
    try {
      workers.execute(this::writeOnce);
    } catch (RejectedExecutionException stopped) {
      giveUp();
    } catch (Error e) {
      // No thread could be made: the next log-out tries again.
      giveUp();
      throw e;
    }
  }

  private void giveUp() {
    synchronized (waiting) {
      running = false;
    }
    take(MOST).forEach(each -> each.written().complete(false));
  }

  private void writeOnce() {
    List<Waiting> batch = take(BATCH);
    boolean known = false;
    try {
      known = write.test(batch.stream().map(Waiting::logout).toList());
    } finally {
      boolean more;
      synchronized (waiting) {
        more = !waiting.isEmpty();
        running = more;
      }
      boolean everywhere = known;
      batch.forEach(each -> each.written().complete(everywhere));
      if (more) {
        start();
      }
    }
  }

  private List<Waiting> take(int most) {
    synchronized (waiting) {
      List<Waiting> batch = new ArrayList<>();
      Iterator<Waiting> all = waiting.values().iterator();
      while (all.hasNext() && batch.size() < most) {
        batch.add(all.next());
        all.remove();
      }
      return batch;
    }
  }
}
