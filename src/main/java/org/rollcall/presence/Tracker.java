package org.rollcall.presence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tracks who is here, and tells subscribers who came and went.
 *
 * <p>A subscriber's snapshots and the diffs of higher versions make up one sequence: nothing is
 * missing and nothing is told twice. Changes that follow each other faster than they are told may
 * be told as one: a join and its leave as nothing, two updates as one.
 *
 * <p>Safe for many threads. Writes wait for the store, so they are for worker threads; diffs are
 * told on the executor's threads, never on the thread that wrote.
 */
public final class Tracker {
  private static final int LANES = 16;

  private final PresenceStore store;
  private final String node;
  private final Rosters rosters = new Rosters();
  private final List<Lane<Entry.Id>> lanes = new ArrayList<>(LANES);

  /**
   * Creates a tracker and begins to follow the store.
   *
   * @param store the memory shared by all nodes
   * @param node this node's name, the owner of what is tracked here
   * @param executor runs the telling; work for one topic never runs twice at a time
   */
  public Tracker(PresenceStore store, String node, Executor executor) {
    this.store = store;
    this.node = node;
    for (int i = 0; i < LANES; i++) {
      lanes.add(new Lane<>(executor, this::look));
    }
    // Listen before seeding. An entry that falls between the two is then marked twice, which is
    // harmless; the other way round it would never be told.
    store.listen(this::mark);
    store.forEach(this::mark);
  }

  /**
   * Tracks a connection.
   *
   * @param connection unique in the cluster, see {@link Ref}
   * @return the entry, to be given to {@link #update} and {@link #untrack}
   */
  public Entry track(Topic topic, String key, String connection, Meta meta) {
    Entry entry = new Entry(new Entry.Id(topic, key, connection), node, meta);
    store.put(entry);
    return entry;
  }

  /**
   * Replaces the meta of a tracked connection.
   *
   * @return the entry, in place of the one given
   */
  public Entry update(Entry entry, Meta meta) {
    Entry changed = entry.with(meta);
    store.put(changed);
    return changed;
  }

  /** Ends the tracking of a connection. Does nothing if the store holds another value by now. */
  public void untrack(Entry entry) {
    store.remove(entry);
  }

  /** Returns who is on a topic now. */
  public Snapshot list(Topic topic) {
    return rosters.snapshot(topic);
  }

  /**
   * Begins to tell a subscriber of a topic's diffs. A subscriber has one subscription to a topic.
   */
  public Subscription subscribe(Topic topic, Subscriber subscriber) {
    rosters.with(topic, roster -> roster.add(subscriber));
    return new Subscription() {
      @Override
      public Topic topic() {
        return topic;
      }

      @Override
      public Snapshot snapshot() {
        return rosters.snapshot(topic);
      }

      @Override
      public void close() {
        rosters.with(topic, roster -> roster.remove(subscriber));
      }
    };
  }

  /** Returns the number of topics that somebody is on or subscribed to. */
  public int topics() {
    return rosters.size();
  }

  private void mark(Entry.Id id) {
    lanes.get(Math.floorMod(id.topic().hashCode(), LANES)).mark(id);
  }

  private void look(List<Entry.Id> ids) {
    Map<Topic, Map<Entry.Id, @Nullable Meta>> now = new LinkedHashMap<>();
    for (Entry.Id id : ids) {
      @Nullable Entry entry = store.get(id);
      now.computeIfAbsent(id.topic(), topic -> new HashMap<>(2))
          .put(id, entry == null ? null : entry.meta());
    }
    now.forEach((topic, metas) -> rosters.with(topic, roster -> roster.update(metas)));
  }
}
