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
 * Tracks who is here, and tells subscribers who came and went.
 *
 * <p>A subscriber's snapshots and the diffs of higher versions make up one sequence: nothing is
 * missing and nothing is told twice. Changes that follow each other faster than they are told may
 * be told as one: a join and its leave as nothing, two updates as one. Updates of a key can be told
 * at an interval; joins and leaves never wait.
 *
 * <p>A connection that was lost lingers for the grace. Who comes back in that time takes the entry
 * over: with the same meta nobody is told anything, with another there is one update.
 *
 * <p>Safe for many threads. Writes wait for the store, so they are for worker threads; diffs are
 * told on the fan-out threads, never on the thread that wrote.
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
   * @param members the nodes; this one is the owner of what is tracked here
   * @param grace how long entries linger
   */
  public Tracker(PresenceStore store, Membership members, GracePeriod grace, WorkerThreads tools) {
    this(store, members, grace, tools, Duration.ZERO);
  }

  /**
   * Creates one that tells updates less often.
   *
   * @param interval the least time between two updates of a key that are told on a topic; the last
   *     one is told in the end
   */
  public Tracker(
      PresenceStore store,
      Membership members,
      GracePeriod grace,
      WorkerThreads tools,
      Duration interval) {
    this.store = store;
    StoreWriter writer = new StoreWriter(store, members.self());
    this.localEntries = new LocalEntries(writer, members);
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
   * @param meta what is known of the connection; its ref and time are used for a new entry only
   * @param liveness whose the entry is: if it is not ended with it, it is a little later
   * @return the entry, to be given to {@link #update} and {@link #end}
   */
  public PresenceEntry track(Topic topic, String key, Meta meta, Liveness liveness) {
    PresenceEntry resumed = resume(topic, key, meta.given(), liveness);
    if (resumed != null) {
      return resumed;
    }
    return localEntries.open(new PresenceEntry.Id(topic, key, Ref.next()), meta, liveness);
  }

  private @Nullable PresenceEntry resume(Topic topic, String key, String given, Liveness liveness) {
    List<PresenceEntry> lingering = new ArrayList<>(2);
    for (PresenceEntry.Id id : topicStates.ids(topic, key)) {
      PresenceEntry entry = store.get(id);
      if (entry != null && localEntries.isTakeable(entry)) {
        boolean same = entry.meta().given().equals(given);
        lingering.add(same ? 0 : lingering.size(), entry);
      }
    }
    for (PresenceEntry entry : lingering) {
      PresenceEntry mine = localEntries.takeOver(entry, entry.meta().with(given), liveness);
      if (mine == null) {
        mine = takeOverAsItIsNow(entry, given, liveness);
      }
      if (mine != null) {
        return mine;
      }
    }
    return null;
  }

  /** The owner that is about to go may just have written that the connection is lost. */
  private @Nullable PresenceEntry takeOverAsItIsNow(
      PresenceEntry before, String given, Liveness liveness) {
    PresenceEntry now = store.get(before.id());
    if (now == null || now.equals(before) || !localEntries.isTakeable(now)) {
      return null;
    }
    return localEntries.takeOver(now, now.meta().with(given), liveness);
  }

  /**
   * Replaces what the client says of a tracked connection.
   *
   * @param meta the new meta
   * @return the entry, in place of the one given
   */
  public PresenceEntry update(PresenceEntry entry, Meta meta) {
    return localEntries.update(entry, meta);
  }

  /**
   * Ends the tracking of a connection, after the grace that the reason has. Does nothing if another
   * entry has taken the place of this one. When this node is about to go, the entry stays for users
   * who come back, and the other nodes end it.
   */
  public void end(PresenceEntry entry, LeaveReason leaveReason) {
    if (leaveReason == LeaveReason.LEFT || !localEntries.release(entry)) {
      linger(entry, grace.after(leaveReason));
    }
  }

  private void linger(PresenceEntry entry, Duration time) {
    if (time.isZero()) {
      localEntries.end(entry);
      return;
    }
    PresenceEntry lost = localEntries.linger(entry, tools.clock().instant());
    if (lost != null) {
      // Conditional on the lingering value: who has come back by then has replaced it.
      tools.scheduler().run(() -> tools.workers().execute(() -> localEntries.expire(lost)), time);
    }
  }

  /**
   * Lets the entries linger that this node left for users who come back, as the node stays after
   * all. Waits for the store. To be called before the node says that it stays, or an audit ends
   * them; and again after, for the entries that the node left between the two.
   */
  public void reclaim() {
    localEntries.reclaim().forEach(entry -> linger(entry, grace.lost()));
  }

  /** Ends at once what {@link #reclaim} would let linger. Waits for the store. */
  public void giveUp() {
    localEntries.endUnused(LocalEntry::isReleased);
  }

  /**
   * Ends at once what lingers here or was left for others, and drops from this copy what nodes left
   * that are gone or about to go. Entries of a dead node stay while it is in the view: they may be
   * of connections that live. Called on every node, by one worker at a time; waits for the store.
   *
   * @param which tells of such an entry whether it has to end
   */
  public void endLingering(Predicate<PresenceEntry> which) {
    // First, as it waits for nobody.
    replica.drop(owner -> !owner.equals(members.self()) && members.isGoing(owner), which);
    localEntries.endUnused(unused -> which.test(unused.entry()));
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
   * Looks again at all entries of some keys; waits for nobody.
   *
   * @return what is complete when that is done: lists and diffs show nothing that is concealed
   */
  public CompletableFuture<Void> lookAgain(Set<String> keys) {
    return watcher.markKeys(keys);
  }

  /** Tells of each topic after its state was held against the store; must not block. */
  public void watch(Consumer<Topic> looked) {
    watcher.watch(looked);
  }

  /** Returns who is on a topic now. */
  public PresenceState list(Topic topic) {
    return topicStates.snapshot(topic);
  }

  /**
   * Begins to tell a subscriber of a topic's diffs. A subscriber has one subscription to a topic.
   */
  public Subscription subscribe(Topic topic, Subscriber subscriber) {
    return topicStates.subscribe(topic, subscriber);
  }

  /** Returns the number of topics that somebody is on or subscribed to. */
  public int topics() {
    return topicStates.size();
  }

  /** Returns how many diffs were told on this node since the start, each once. */
  public long diffs() {
    return topicStates.told();
  }

  /** Returns this node's copy of all entries. */
  public Replica<PresenceEntry> replica() {
    return replica;
  }

  PresenceStore store() {
    return store;
  }

  GracePeriod grace() {
    return grace;
  }

  /** Returns what it works with. */
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
