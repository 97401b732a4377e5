package org.rollcall.presence;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.AfterTask;
import org.rollcall.concurrent.WorkQueue;
import org.rollcall.concurrent.WorkerThreads;

/**
 * Watches the store: reads the entries that have changed there, and passes them to the states of
 * their topics, which send the changes to their subscribers.
 *
 * <p>A look at an entry reads its stored value at that moment, so a look too many does no harm.
 * Topics are spread over work queues. Two looks at one topic never run at the same time, because
 * the one that read first could overwrite the newer value of the other.
 *
 * <p>Safe for many threads, which only mark; the looks run on the executor and do not wait.
 */
final class StoreWatcher {
  /** The number of work queues. {@link #markPart} needs as many turns to mark all topics. */
  static final int QUEUES = 16;

  private static final int SEED = 512;

  private final Executor executor;
  private final PresenceStore store;
  private final TopicStates topicStates;
  private final List<WorkQueue<PresenceEntry.Id>> queues = new ArrayList<>(QUEUES);
  private final InstantSource clock;
  private final Duration interval;
  private final DelayedUpdates late;
  private volatile Predicate<PresenceEntry> concealed = entry -> false;
  private volatile Consumer<Topic> looked = topic -> {};

  /**
   * Begins to follow the store, and looks at all entries that are stored already, so that the
   * clients of a node that has just joined get complete states.
   *
   * @param interval the least time between two updates of a key that are sent on a topic
   */
  StoreWatcher(
      PresenceStore store, TopicStates topicStates, WorkerThreads tools, Duration interval) {
    this.executor = tools.fanOut();
    this.store = store;
    this.topicStates = topicStates;
    this.clock = tools.clock();
    this.interval = interval;
    this.late = new DelayedUpdates(tools.scheduler(), this::mark);
    for (int i = 0; i < QUEUES; i++) {
      queues.add(new WorkQueue<>(executor, this::look));
    }
    // Listen before seeding. An entry that falls between the two is then looked at twice; the other
    // way round it would never be sent.
    store.listen(this::mark);
    List<PresenceEntry.Id> here = new ArrayList<>();
    store.forEach(entry -> here.add(entry.id()));
    for (int i = 0; i < here.size(); i += SEED) {
      look(here.subList(i, Math.min(i + SEED, here.size())));
    }
    // Unlike later looks, these did not go through the queues.
    here.forEach(this::mark);
  }

  /**
   * Hides some entries from all subscribers of this node, of any owner. Follow a change by {@link
   * #markKeys}.
   *
   * @param test returns whether an entry is concealed; must not block
   */
  void conceal(Predicate<PresenceEntry> test) {
    concealed = test;
    markAll();
  }

  /** Reports each topic after a look at it; first all topics that are stored. */
  void watch(Consumer<Topic> listener) {
    looked = listener;
    markAll();
  }

  /** Looks again at all entries of some keys. The future completes when that is done. */
  CompletableFuture<Void> markKeys(Set<String> keys) {
    markStored(id -> keys.contains(id.key()));
    return CompletableFuture.allOf(
        queues.stream().map(WorkQueue::settled).toArray(CompletableFuture[]::new));
  }

  /**
   * Looks again at all entries that are stored or in a topic's state, for changes that the store
   * does not report.
   */
  void markAll() {
    markTopics(any -> true);
  }

  /**
   * Looks again at a part of the topics, another part at each turn. The look compares their states
   * with the store, so it mends a difference of any cause.
   */
  void markPart(int turn) {
    int part = Math.floorMod(turn, QUEUES);
    markTopics(topic -> queueOf(topic) == part);
  }

  private void markTopics(Predicate<Topic> which) {
    markStored(id -> which.test(id.topic()));
    topicStates.forEach(which, this::mark);
  }

  private void markStored(Predicate<PresenceEntry.Id> which) {
    store.forEach(
        entry -> {
          if (which.test(entry.id())) {
            mark(entry.id());
          }
        });
  }

  private void mark(PresenceEntry.Id id) {
    queues.get(queueOf(id.topic())).mark(id);
  }

  private static int queueOf(Topic topic) {
    return Math.floorMod(topic.hashCode(), QUEUES);
  }

  private void look(List<PresenceEntry.Id> ids) {
    Map<Topic, Map<PresenceEntry.Id, @Nullable Meta>> now = new LinkedHashMap<>();
    for (PresenceEntry.Id id : ids) {
      @Nullable PresenceEntry entry = store.get(id);
      now.computeIfAbsent(id.topic(), topic -> new LinkedHashMap<>(2))
          .put(id, entry == null || concealed.test(entry) ? null : entry.meta());
    }
    long millis = clock.millis();
    Runnable telling = () -> now.forEach((topic, metas) -> tell(topic, metas, millis));
    // Sends wait for the looks that are queued already, at most one for each queue: what these tell
    // the same connection may then leave as one frame.
    if (areOthersBusy()) {
      AfterTask.runAndHandOver(telling, executor);
    } else {
      AfterTask.run(telling, executor);
    }
  }

  private boolean areOthersBusy() {
    return queues.stream().filter(WorkQueue::isBusy).limit(2).count() > 1;
  }

  private void tell(Topic topic, Map<PresenceEntry.Id, @Nullable Meta> metas, long millis) {
    topicStates.with(
        topic,
        topicState ->
            late.add(topicState.update(metas, (pace, key) -> pace.take(key, millis, interval))));
    looked.accept(topic);
  }
}
