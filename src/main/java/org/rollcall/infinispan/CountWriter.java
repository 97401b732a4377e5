package org.rollcall.infinispan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.NodeCount;
import org.rollcall.presence.Topic;

/**
 * Writes the count of each topic that this node published last. Of one topic there is one write at
 * a time, so no write overtakes another. If counts are published during a write, one more write
 * follows it, with the newest count.
 *
 * <p>A write that failed is not repeated at once, because its thread may be the timer of all
 * requests, which must not wait. The next publication writes again, or the caller of {@link
 * #missed} does. A write that timed out may still arrive, even after the next write.
 *
 * <p>Safe for many threads; no call waits. Writes begin on the thread that asks for them, or on the
 * one that the write before ended on.
 */
final class CountWriter {
  private final BiFunction<Topic, NodeCount, CompletableFuture<?>> store;
  private final ConcurrentMap<Topic, NodeCount> published = new ConcurrentHashMap<>();
  private final ConcurrentMap<Topic, Writing> underWay = new ConcurrentHashMap<>();
  private final Set<Topic> failed = ConcurrentHashMap.newKeySet();
  private final Set<Topic> recent = ConcurrentHashMap.newKeySet();

  /** A write in flight, and the write after it if one is necessary. */
  private static final class Writing {
    final CompletableFuture<Void> done;
    final @Nullable CompletableFuture<Void> next;

    Writing(CompletableFuture<Void> done, @Nullable CompletableFuture<Void> next) {
      this.done = done;
      this.next = next;
    }

    Writing withNext() {
      return next == null ? new Writing(done, new CompletableFuture<>()) : this;
    }

    CompletableFuture<Void> last() {
      return next == null ? done : next;
    }
  }

  /**
   * Creates one that has published nothing.
   *
   * @param store begins to write a count, or to remove it if it is {@link NodeCount#NONE}
   */
  CountWriter(BiFunction<Topic, NodeCount, CompletableFuture<?>> store) {
    this.store = store;
  }

  /** Writes a count in place of the one published before. */
  void publish(Topic topic, NodeCount nodeCount) {
    recent.add(topic);
    write(
        topic,
        writing -> {
          if (nodeCount.isNone()) {
            published.remove(topic);
          } else {
            published.put(topic, nodeCount);
          }
          return true;
        });
  }

  /** Writes the published count of a topic again. */
  void write(Topic topic) {
    write(topic, writing -> true);
  }

  /**
   * Writes the published count of a topic again, if it is wrong. Does nothing while a write of the
   * topic is in flight, or after one that failed. Returns whether it began a write.
   *
   * @param wrong returns whether the published count has to be written again; must not wait
   */
  boolean writeIf(Topic topic, Predicate<NodeCount> wrong) {
    return write(
        topic, writing -> !writing && !failed.contains(topic) && wrong.test(published(topic)));
  }

  /**
   * Begins a write, or notes that another write has to follow the one in flight.
   *
   * @param wanted returns whether to write; gets whether a write of this topic is in flight. Nobody
   *     else publishes or begins a write of this topic during the call
   */
  private boolean write(Topic topic, Predicate<Boolean> wanted) {
    Writing fresh = new Writing(new CompletableFuture<>(), null);
    Writing now =
        underWay.compute(
            topic,
            (any, before) -> {
              if (!wanted.test(before != null)) {
                return before;
              }
              return before == null ? fresh : before.withNext();
            });
    boolean first = now == fresh;
    if (first) {
      begin(topic, fresh);
    }
    return first;
  }

  private void begin(Topic topic, Writing writing) {
    CompletableFuture<?> written;
    try {
      written = store.apply(topic, published(topic));
    } catch (RuntimeException | Error e) {
      // After any failure it ends: a write that never ended would be the topic's last.
      written = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<?> unused =
        written.whenComplete((before, failure) -> end(topic, writing, failure != null));
  }

  private void end(Topic topic, Writing writing, boolean missed) {
    if (missed) {
      // Before it is no more in flight, so that it is always one of the two.
      failed.add(topic);
      @Nullable Writing last = underWay.remove(topic);
      writing.done.complete(null);
      if (last != null) {
        last.last().complete(null);
      }
      return;
    }
    @Nullable Writing after =
        underWay.computeIfPresent(
            topic, (any, now) -> now.next == null ? null : new Writing(now.next, null));
    writing.done.complete(null);
    if (after != null) {
      begin(topic, after);
    }
  }

  /**
   * Returns the topics of which a write failed since the last call. They have to be written again,
   * even if a later write succeeded: the failed write may have arrived after it. A count that was
   * published before this call is firm as soon as it is settled.
   */
  Set<Topic> missed() {
    recent.clear();
    Set<Topic> missed = new HashSet<>(failed);
    failed.removeAll(missed);
    return missed;
  }

  /** Returns whether no write of a topic is in flight, and none has failed. */
  boolean isSettled(Topic topic) {
    return !underWay.containsKey(topic) && !failed.contains(topic);
  }

  /**
   * Returns whether all nodes must have this node's count of a topic: it is settled, and was not
   * published since the last call of {@link #missed}.
   */
  boolean isFirm(Topic topic) {
    return isSettled(topic) && !recent.contains(topic);
  }

  /**
   * Returns a future that completes once every count published until now was written, or its write
   * has failed.
   */
  CompletableFuture<Void> whenWritten() {
    List<CompletableFuture<Void>> last = new ArrayList<>();
    underWay.values().forEach(writing -> last.add(writing.last()));
    return CompletableFuture.allOf(last.toArray(CompletableFuture[]::new));
  }

  /** Returns the count of a topic that was published last. */
  NodeCount published(Topic topic) {
    return published.getOrDefault(topic, NodeCount.NONE);
  }

  /**
   * Passes all published counts, and {@link NodeCount#NONE} for each topic whose removal may not
   * have reached every node.
   */
  void forEach(BiConsumer<Topic, NodeCount> visitor) {
    published.forEach(visitor);
    Set<Topic> unsure = new HashSet<>(underWay.keySet());
    unsure.addAll(failed);
    for (Topic topic : unsure) {
      if (published(topic).isNone()) {
        visitor.accept(topic, NodeCount.NONE);
      }
    }
  }
}
