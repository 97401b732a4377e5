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
 * The items that changed and wait for work, each once, in the order of their first mark.
 *
 * <p>A mark says only <em>that</em> an item changed; the work reads the state that it has then. So
 * the queue never holds an item twice, however fast items change, and an item that appeared and
 * disappeared while it waited costs nothing. An item that is marked during the work on it is worked
 * on again.
 *
 * <p>{@link #mark} is called by many threads and never blocks; the work is done on the executor's
 * threads, by one of them at a time.
 *
 * @param <T> an item; compared by equals
 */
public final class WorkQueue<T> {
  private static final Logger LOG = System.getLogger(WorkQueue.class.getName());
  private static final int BATCH = 512;

  private final Executor executor;
  private final Consumer<List<T>> work;
  private final Set<T> marked = new LinkedHashSet<>();
  private final List<Waiting> waiting = new ArrayList<>(0);
  private volatile boolean running;
  private int working;
  private long done;

  /**
   * A future that completes when items were worked on.
   *
   * @param all how many items have been worked on by then
   */
  private record Waiting(long all, CompletableFuture<Void> told) {}

  /**
   * Creates an empty queue.
   *
   * @param executor runs the work
   * @param work gets the marked items, at most 512 at a time
   */
  public WorkQueue(Executor executor, Consumer<List<T>> work) {
    this.executor = executor;
    this.work = work;
  }

  /** Marks an item as changed. */
  public void mark(T item) {
    synchronized (marked) {
      marked.add(item);
      if (running) {
        return;
      }
      running = true;
    }
    start();
  }

  /** Returns whether items wait or are worked on; may be over when it is read. */
  public boolean isBusy() {
    return running;
  }

  /**
   * Returns a future that completes once all items that are marked now were worked on. It never
   * completes if the executor has stopped.
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
      // The queue goes on after any failure: if it stopped, no change of its items would be seen
      // again.
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
