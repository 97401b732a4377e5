package org.rollcall.concurrent;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Things that changed and wait to be looked at, each once, in the order of their first mark.
 *
 * <p>A mark says only <em>that</em> something changed; who works on it reads what it is now. So the
 * queue never holds more than there are things, however fast they change, and a thing that came and
 * went while it waited costs nothing. Something marked while it is being worked on is worked on
 * again.
 *
 * <p>{@link #mark} is called by many threads and never blocks; the work is done on the executor's
 * threads, by one of them at a time.
 *
 * @param <T> what is marked; compared by equals
 */
public final class WorkQueue<T> {
  private static final Logger LOG = System.getLogger(WorkQueue.class.getName());
  private static final int BATCH = 512;

  private final Executor executor;
  private final Consumer<List<T>> work;
  private final Set<T> marked = new LinkedHashSet<>();
  private final List<Waiting> waiting = new ArrayList<>(0);
  private boolean running;
  private int working;
  private long done;

  /**
   * One that waits until things were worked on.
   *
   * @param all how many things have been worked on by then
   */
  private record Waiting(long all, CompletableFuture<Void> told) {}

  /**
   * Creates an empty queue.
   *
   * @param executor runs the work
   * @param work gets the marked things, at most 512 at a time
   */
  public WorkQueue(Executor executor, Consumer<List<T>> work) {
    this.executor = executor;
    this.work = work;
  }

  /** Remembers that this changed. */
  public void mark(T thing) {
    synchronized (marked) {
      marked.add(thing);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  /**
   * Returns what is complete once all that is marked by now has been worked on. It never is if the
   * executor has stopped.
   */
  public CompletableFuture<Void> settled() {
    synchronized (marked) {
      CompletableFuture<Void> told = new CompletableFuture<>();
      if (running) {
        waiting.add(new Waiting(done + working + marked.size(), told));
      } else {
        told.complete(null);
      }
      return told;
    }
  }

  private void start() {
    try {
      executor.execute(this::runOnce);
    } catch (RejectedExecutionException stopped) {
      LOG.log(Level.DEBUG, "The node stops; marks are dropped");
    } catch (Error e) {
      // No thread could be made: the next mark tries again.
      synchronized (marked) {
        running = false;
      }
      throw e;
    }
  }

  private void runOnce() {
    List<T> batch = take();
    try {
      work.accept(batch);
    } catch (RuntimeException | Error e) {
      // After any failure it goes on: a queue that stopped would tell nothing of its topics any
      // more.
      LOG.log(Level.ERROR, "Could not work on " + batch.size() + " changes", e);
    }
    List<Waiting> over = new ArrayList<>(0);
    boolean more;
    synchronized (marked) {
      done += working;
      working = 0;
      waiting.removeIf(each -> each.all() <= done && over.add(each));
      more = !marked.isEmpty();
      running = more;
    }
    over.forEach(each -> each.told().complete(null));
    if (!more) {
      return;
    }
    // Not a loop: other queues and sends share the executor.
    start();
  }

  private List<T> take() {
    synchronized (marked) {
      List<T> batch = new ArrayList<>(Math.min(marked.size(), BATCH));
      Iterator<T> all = marked.iterator();
      while (all.hasNext() && batch.size() < BATCH) {
        batch.add(all.next());
        all.remove();
      }
      working = batch.size();
      return batch;
    }
  }
}
