package org.rollcall.count;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.rollcall.concurrent.AfterTask;
import org.rollcall.concurrent.Scheduler;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.presence.Topic;

/**
 * Counts the connections on topics, and sends the counts to subscribers.
 *
 * <p>A subscriber gets a state when it enters, which counts itself, and then at most one diff per
 * interval. A change from or to zero is sent at once, but not two in one interval. State and diffs
 * are one sequence, so a client that adds them up is right after each. Between two diffs it may lag
 * by one interval.
 *
 * <p>Safe for many threads. No call blocks; diffs are sent on the executor's threads.
 */
public final class Counts {
  private static final Logger LOG = System.getLogger(Counts.class.getName());

  private final CountStore store;
  private final Telling telling;
  private final Executor executor;
  private final WorkQueue<Topic> workQueue;
  private final Scheduler scheduler;
  private final LongSupplier nanos;
  private final TopicCounters counters = new TopicCounters(this::counter);
  private final LongAdder diffs = new LongAdder();
  private final CountedConnections countedConnections = new CountedConnections();
  private volatile boolean frozen;
  private volatile Consumer<Topic> watcher = topic -> {};
  private volatile boolean watching;

  /** The least time between two diffs of a topic, and the rounding of the counts. */
  public record Telling(Duration interval, CountRounding countRounding) {}

  /**
   * Creates a counter and begins to follow the store.
   *
   * @param executor sends diffs
   * @param scheduler wakes diffs that have to wait
   * @param nanos the clock
   */
  public Counts(
      CountStore store,
      Telling telling,
      Executor executor,
      Scheduler scheduler,
      LongSupplier nanos) {
    this.store = store;
    this.telling = telling;
    this.executor = executor;
    this.workQueue = new WorkQueue<>(executor, this::tell);
    this.scheduler = scheduler;
    this.nanos = nanos;
    store.listen(this::nodeCountsChanged);
    telling.countRounding().listen(this::nodeCountsChanged);
  }

  /** A subscriber's registration in a count, from {@link #enter} to {@link #close}. */
  public interface Registration extends AutoCloseable {
    /** Sends the subscriber the state again. */
    void restate();

    /** Leaves the count: nothing is sent after it returns. Closing twice is harmless. */
    @Override
    void close();
  }

  /** Counts a subscriber, and sends it the state before this returns. */
  public Registration enter(Topic topic, Count.Kind kind, CountSubscriber subscriber) {
    counters.with(
        topic,
        topicCounter -> {
          long now = nanos.getAsLong();
          topicCounter.others(store.others(topic), now);
          topicCounter.enter(subscriber, kind, now);
        });
    CountedConnection place =
        new CountedConnection(
            () -> counters.with(topic, topicCounter -> topicCounter.state(subscriber)),
            countedConnection -> {
              countedConnections.remove(countedConnection);
              leave(topic, kind, subscriber);
            });
    countedConnections.add(place, subscriber);
    changed(topic);
    return place;
  }

  private void leave(Topic topic, Count.Kind kind, CountSubscriber subscriber) {
    counters.with(topic, topicCounter -> leave(topicCounter, subscriber, kind));
    changed(topic);
  }

  private void leave(TopicCounter topicCounter, CountSubscriber subscriber, Count.Kind kind) {
    if (frozen) {
      topicCounter.hold(subscriber, kind);
    } else {
      topicCounter.leave(subscriber, kind, nanos.getAsLong());
    }
  }

  /**
   * Counts connections also after their end: this node is about to leave, and its clients move on.
   */
  public void freeze() {
    frozen = true;
    counters
        .topics()
        .forEach(topic -> counters.with(topic, topicCounter -> publish(topic, topicCounter)));
  }

  /** Counts only open connections again: the node stays after all. */
  public void thaw() {
    frozen = false;
    counters
        .topics()
        .forEach(
            topic -> counters.with(topic, topicCounter -> publish(topic, topicCounter.release())));
    recount();
  }

  /** Publishes this node's count of a topic at once. */
  private void publish(Topic topic, TopicCounter topicCounter) {
    if (topicCounter.publish()) {
      store.publish(topic, topicCounter.local());
    }
  }

  /** Returns what is shown of a topic's count now. */
  public Count count(Topic topic) {
    return telling.countRounding().show(topic, truth(topic));
  }

  /** Returns a topic's count as it is. */
  Count truth(Topic topic) {
    return counters.local(topic).with(store.others(topic));
  }

  /**
   * Reports each topic whose count may have changed, all topics first. The consumer must not block.
   */
  public void watch(Consumer<Topic> changed) {
    watcher = changed;
    watching = true;
    all().forEach(changed);
  }

  /** Returns every topic on which any node counts a connection. */
  public Set<Topic> all() {
    Set<Topic> all = new HashSet<>(store.topics());
    all.addAll(counters.topics());
    return all;
  }

  /**
   * Returns whether somebody is counted on a topic, or watches it, by a connection to this node.
   */
  public boolean isWatched(Topic topic) {
    return counters.isWatched(topic);
  }

  /** Returns the number of topics that somebody is counted on or watches. */
  public int topics() {
    return counters.topics().size();
  }

  /** Returns how many changes were sent since the start, each counted once for all subscribers. */
  public long diffs() {
    return diffs.sum();
  }

  /** Looks at every topic again, for changes that the store does not report. */
  public void recount() {
    counters.topics().forEach(this::changed);
    if (watching) {
      store.topics().forEach(watcher);
    }
  }

  /** Closes registrations that outlived their connections. Called by one worker at a time. */
  public void audit(Instant now) {
    countedConnections.audit(now);
  }

  /** Returns how many registrations were closed by {@link #audit} since the start. */
  public long repairs() {
    return countedConnections.repairs();
  }

  private void nodeCountsChanged(Topic topic) {
    watcher.accept(topic);
    if (counters.contains(topic)) {
      workQueue.mark(topic);
    }
  }

  private void changed(Topic topic) {
    watcher.accept(topic);
    workQueue.mark(topic);
  }

  private void tell(List<Topic> topics) {
    for (Topic topic : topics) {
      try {
        AfterTask.run(
            () -> counters.with(topic, topicCounter -> tell(topic, topicCounter)), executor);
      } catch (RuntimeException e) {
        // The other topics must get their diffs although this one failed.
        LOG.log(Level.ERROR, "A count could not be sent", e);
      }
    }
  }

  private void tell(Topic topic, TopicCounter topicCounter) {
    long now = nanos.getAsLong();
    topicCounter.others(store.others(topic), now);
    long delay = topicCounter.delay(now);
    if (delay == 0) {
      if (topicCounter.tell(now)) {
        diffs.increment();
      }
      publish(topic, topicCounter);
    } else if (topicCounter.await()) {
      scheduler.run(() -> awake(topic), Duration.ofNanos(delay));
    }
  }

  private void awake(Topic topic) {
    counters.with(topic, TopicCounter::awake);
    workQueue.mark(topic);
  }

  private TopicCounter counter(Topic topic) {
    return new TopicCounter(
        telling.interval().toNanos(), truth -> telling.countRounding().show(topic, truth));
  }
}
