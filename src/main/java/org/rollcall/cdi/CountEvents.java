package org.rollcall.cdi;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.CountChanged;
import org.rollcall.concurrent.Scheduler;
import org.rollcall.count.Count;
import org.rollcall.count.Counts;
import org.rollcall.presence.Topic;

/**
 * Sends the counts to the application's observers: the numbers of each topic in their order, at
 * most one in an interval.
 */
public final class CountEvents {
  private static final int MOST_WAITING = 100_000;

  private final Counts counts;
  private final Consumer<CountChanged> observers;
  private final Timing timing;
  private final EventQueue<Topic> queue;
  private final ConcurrentMap<Topic, Told> told = new ConcurrentHashMap<>();

  /**
   * How often the events of one topic are sent.
   *
   * @param interval the least time between two events of a topic
   * @param scheduler wakes events that have to wait
   * @param nanos the clock
   */
  public record Timing(Duration interval, Scheduler scheduler, LongSupplier nanos) {}

  private record Told(Count count, long at) {}

  private CountEvents(
      Counts counts, Consumer<CountChanged> observers, Executor executor, Timing timing) {
    this.counts = counts;
    this.observers = observers;
    this.timing = timing;
    this.queue = new EventQueue<>(MOST_WAITING, this::topics, this::tell, executor, timing.nanos());
  }

  /**
   * Begins to send; first all counts that are not zero now.
   *
   * @param observers returns when all observers have the event; an exception is logged
   * @param executor runs the observers
   */
  public static void begin(
      Counts counts, Consumer<CountChanged> observers, Executor executor, Timing timing) {
    CountEvents events = new CountEvents(counts, observers, executor, timing);
    counts.watch(events.queue::mark);
  }

  private Collection<Topic> topics() {
    Set<Topic> all = new LinkedHashSet<>(told.keySet());
    all.addAll(counts.all());
    return all;
  }

  private void tell(Topic topic) {
    Count now = counts.count(topic);
    @Nullable Told before = told.get(topic);
    long nanos = timing.nanos().getAsLong();
    if (before == null) {
      if (!now.isZero()) {
        tell(topic, now, nanos);
      }
      return;
    }
    long left = timing.interval().toNanos() - (nanos - before.at());
    if (left > 0) {
      // It was set by the event before: there is a turn when the interval is over.
      return;
    }
    if (!now.equals(before.count())) {
      tell(topic, now, nanos);
    } else if (now.isZero()) {
      told.remove(topic);
    }
  }

  private void tell(Topic topic, Count now, long nanos) {
    told.put(topic, new Told(now, nanos));
    timing.scheduler().run(() -> queue.mark(topic), timing.interval());
    observers.accept(new CountChanged(LiveCounts.published(topic, now)));
  }
}
