package org.rollcall.presence;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.Membership;
import org.rollcall.cluster.Replica;
import org.rollcall.concurrent.WorkerThreads;

/**
 * Tracks connections on topics, and sends their joins and leaves to subscribers.
 *
 * <p>A subscriber's snapshots and the diffs of higher versions make up one sequence: no change is
 * missing and none is sent twice. Changes that follow each other faster than they are sent may be
 * merged: a join and its leave into nothing, two updates into one. Updates of a key can be limited
 * to one in an interval; joins and leaves never wait.
 *
 * <p>The entry of a lost connection lingers for the grace. A user who comes back in that time takes
 * it over: with the same meta subscribers get nothing, with another one they get one update.
 *
 * <p>Safe for many threads. Writes wait for the store, so they are for worker threads; diffs are
 * sent on the fan-out threads, never on the thread that wrote.
 */
public final class Tracker {
  private final PresenceStore store;
  private final LocalEntries localEntries;
  private final Membership members;
  private final EntryReplica replica;
  private final GracePeriod grace;
  private final WorkerThreads tools;
  private final TopicStates topicStates = new TopicStates();
  private final StoreWatcher watcher;

  /**
   * Creates a tracker and begins to follow the store.
   *
   * @param members the nodes; this one is the owner of the entries that are tracked here
   * @param grace how long entries linger
   */
  public Tracker(PresenceStore store, Membership members, GracePeriod grace, WorkerThreads tools) {
    this(store, members, grace, tools, Duration.ZERO);
  }

  /**
   * Creates a tracker that sends updates less often.
   *
   * @param interval the least time between two updates of a key on a topic; the last one is always
   *     sent
   */
  public Tracker(
      PresenceStore store,
      Membership members,
      GracePeriod grace,
      WorkerThreads tools,
      Duration interval) {
    this.store = store;
    StoreWriter writer = new StoreWriter(store, members.self());
    this.localEntries = new LocalEntries(writer, members, grace, tools);
    this.members = members;
    this.replica = new EntryReplica(localEntries, store, writer);
    this.grace = grace;
    this.tools = tools;
    this.watcher = new StoreWatcher(store, topicStates, tools, interval);
  }

  /**
   * Tracks a connection: takes over a lingering entry of the same key, one with the same meta if
   * there is any, or makes a new one.
   *
   * @param meta the connection's meta; its ref and time are used for a new entry only
   * @param liveness the connection; if the entry does not end with it, an audit ends it later
   * @return the handle by which the connection's entry is updated and ended
   */
  public TrackedEntry track(Topic topic, String key, Meta meta, Liveness liveness) {
    TrackedEntry resumed = resume(topic, key, meta.given(), liveness);
    if (resumed != null) {
      return resumed;
    }
    return localEntries.open(new PresenceEntry.Id(topic, key, Ref.next()), meta, liveness);
  }

  private @Nullable TrackedEntry resume(Topic topic, String key, String given, Liveness liveness) {
    List<PresenceEntry> lingering = new ArrayList<>(2);
    for (PresenceEntry.Id id : topicStates.ids(topic, key)) {
      PresenceEntry entry = store.get(id);
      if (entry != null && localEntries.isTakeable(entry)) {
        boolean same = entry.meta().given().equals(given);
        lingering.add(same ? 0 : lingering.size(), entry);
      }
    }
    for (PresenceEntry entry : lingering) {
      TrackedEntry mine = localEntries.takeOver(entry, entry.meta().with(given), liveness);
      if (mine == null) {
        mine = takeOverAsItIsNow(entry, given, liveness);
      }
      if (mine != null) {
        return mine;
      }
    }
    return null;
  }

  /** An owner that is about to leave may just have marked the entry as lost. */
  private @Nullable TrackedEntry takeOverAsItIsNow(
      PresenceEntry before, String given, Liveness liveness) {
    PresenceEntry now = store.get(before.id());
    if (now == null || now.equals(before) || !localEntries.isTakeable(now)) {
      return null;
    }
    return localEntries.takeOver(now, now.meta().with(given), liveness);
  }

  /**
   * Lets the entries linger that this node left for users who come back, as the node stays after
   * all. Waits for the store. Call it before the node announces that it stays, or an audit ends
   * them; and again after that, for the entries left in between.
   */
  public void reclaim() {
    localEntries.unused().reclaim();
  }

  /** Ends at once the entries that {@link #reclaim} would let linger. Waits for the store. */
  public void giveUp() {
    localEntries.unused().end(LocalEntry::isReleased);
  }

  /**
   * Ends at once own entries that linger or were left for others, and drops entries of nodes that
   * are down or about to leave from this replica. Entries of a dead node stay while it is in the
   * view: their connections may be open. Called by one worker at a time; waits for the store.
   *
   * @param which tells whether such an entry has to end
   */
  public void endLingering(Predicate<PresenceEntry> which) {
    // First, as it waits for nobody.
    replica.drop(owner -> !owner.equals(members.self()) && members.isGoing(owner), which);
    localEntries.unused().end(unused -> which.test(unused.entry()));
  }

  /** Returns the keys of entries whose connection is or was of a log-in that matches. */
  public Set<String> keys(Predicate<Principal> login) {
    return localEntries.held().keys(login);
  }

  /** Hides entries as {@link StoreWatcher#conceal} does. Follow a change by {@link #lookAgain}. */
  public void conceal(Predicate<PresenceEntry> test) {
    watcher.conceal(test);
  }

  /**
   * Looks again at all entries of some keys; does not wait.
   *
   * @return completes when that is done: lists and diffs then show no concealed entry
   */
  public CompletableFuture<Void> lookAgain(Set<String> keys) {
    return watcher.markKeys(keys);
  }

  /** Reports each topic after its state was compared with the store; must not block. */
  public void watch(Consumer<Topic> looked) {
    watcher.watch(looked);
  }

  /** Returns how many connections are present on a topic now. */
  public int size(Topic topic) {
    return topicStates.entries(topic);
  }

  /** Returns whether a key is present on a topic now. */
  public boolean isPresent(Topic topic, String key) {
    return !topicStates.ids(topic, key).isEmpty();
  }

  /** Returns the presences of a topic now. */
  public PresenceState list(Topic topic) {
    return topicStates.snapshot(topic);
  }

  /**
   * Begins to send a topic's diffs to a subscriber. A subscriber has one subscription to a topic.
   */
  public Subscription subscribe(Topic topic, Subscriber subscriber) {
    return topicStates.subscribe(topic, subscriber);
  }

  /** Returns the number of topics that have an entry or a subscriber. */
  public int topics() {
    return topicStates.size();
  }

  /** Returns how many diffs this node has made since the start. */
  public long diffs() {
    return topicStates.told();
  }

  /** Returns this node's replica of all entries. */
  public Replica<PresenceEntry> replica() {
    return replica;
  }

  PresenceStore store() {
    return store;
  }

  GracePeriod grace() {
    return grace;
  }

  /** Returns the threads and the clock that it uses. */
  public WorkerThreads tools() {
    return tools;
  }

  LocalEntries localEntries() {
    return localEntries;
  }

  StoreWatcher watcher() {
    return watcher;
  }
}
