package org.rollcall.cdi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.concurrent.WorkQueue;

/**
 * The keys with a change to send to the application's observers, each once, in the order of their
 * first mark.
 *
 * <p>An observer may take any time, and may never return. So the number of waiting keys has a
 * limit. Above it they are dropped, and when the observer goes on, every existing key has its turn.
 * Each turn compares the event that was sent last with the present state, so no change is lost.
 *
 * <p>{@link #mark} is called by many threads and never blocks; turns are taken on the executor's
 * threads, one at a time.
 *
 * @param <K> compared by equals
 */
final class EventQueue<K> {
  private static final int BATCH = 64;
  private static final long SLOW_NANOS = 10_000_000_000L;
  private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());
  private static final ThrottledWarning SLOW = new ThrottledWarning(LOG);
  private static final ThrottledWarning FAILED = new ThrottledWarning(LOG);

  private final int most;
  private final Supplier<Collection<K>> all;
  private final Consumer<K> tell;
  private final LongSupplier nanos;
  private final WorkQueue<Boolean> turns;
  private final Set<K> marked = new LinkedHashSet<>();
  private boolean overflown;
  private boolean telling;
  private long since;

  /**
   * Creates an empty queue.
   *
   * @param most how many keys may wait
   * @param all returns all keys for which an event was sent or has to be sent
   * @param tell compares, and sends an event if there is a difference
   */
  EventQueue(
      int most,
      Supplier<Collection<K>> all,
      Consumer<K> tell,
      Executor executor,
      LongSupplier nanos) {
    this.most = most;
    this.all = all;
    this.tell = tell;
    this.nanos = nanos;
    this.turns = new WorkQueue<>(executor, any -> turn());
  }

  /** Marks a key that may have changed. */
  void mark(K key) {
    boolean slow;
    synchronized (marked) {
      if (!overflown && marked.add(key) && marked.size() > most) {
        marked.clear();
        overflown = true;
      }
      slow = telling && nanos.getAsLong() - since > SLOW_NANOS;
    }
    if (slow) {
      SLOW.log("An observer of the application has been busy with one event for 10 seconds");
    }
    turns.mark(true);
  }

  private void turn() {
    for (K key : take()) {
      synchronized (marked) {
        telling = true;
        since = nanos.getAsLong();
      }
      try {
        tell.accept(key);
      } catch (RuntimeException | Error e) {
        // After any failure the keys behind it must have their turns.
        FAILED.log("An observer of the application failed", e);
      } finally {
        synchronized (marked) {
          telling = false;
        }
      }
    }
    synchronized (marked) {
      if (!overflown && marked.isEmpty()) {
        return;
      }
    }
    turns.mark(true);
  }

  private Collection<K> take() {
    synchronized (marked) {
      if (!overflown) {
        List<K> batch = new ArrayList<>(BATCH);
        Iterator<K> waiting = marked.iterator();
        while (waiting.hasNext() && batch.size() < BATCH) {
          batch.add(waiting.next());
          waiting.remove();
        }
        return batch;
      }
      overflown = false;
    }
    // Marks that come from now on are turns of their own.
    return all.get();
  }
}
