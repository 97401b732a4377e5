package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.PresenceState;
import org.rollcall.presence.Subscription;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;

/**
 * Folds a topic's diffs as a client does, and fails on a join of a known ref or a leave of an
 * unknown one.
 */
public final class Watcher implements AutoCloseable {
  private final Map<String, TreeSet<String>> refs = new TreeMap<>();
  private final List<PresenceDiff.Change> changes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<PresenceDiff> early = new ArrayList<>();
  private final Subscription subscription;
  private long version = -1;

  /** Begins to watch a topic. */
  public Watcher(Tracker tracker, Topic topic) {
    subscription = tracker.subscribe(topic, this::told);
    PresenceState presenceState = subscription.presenceState();
    begin(presenceState);
  }

  private synchronized void begin(PresenceState presenceState) {
    version = presenceState.version();
    presenceState.metas().forEach((key, metas) -> metas.forEach(meta -> join(key, meta)));
    early.forEach(this::fold);
  }

  private synchronized void told(PresenceDiff diff) {
    if (version < 0) {
      early.add(diff);
    } else {
      fold(diff);
    }
  }

  private void fold(PresenceDiff diff) {
    if (diff.version() <= version) {
      return;
    }
    for (PresenceDiff.Change change : diff.changes()) {
      changes.add(change);
      Meta left = change.left();
      Meta joined = change.joined();
      if (left != null) {
        leave(change.key(), left);
      }
      if (joined != null) {
        join(change.key(), joined);
      }
    }
  }

  private void join(String key, Meta meta) {
    if (!refs.computeIfAbsent(key, any -> new TreeSet<>()).add(meta.ref())) {
      wrong.add("a join of what is known: " + key);
    }
  }

  private void leave(String key, Meta meta) {
    TreeSet<String> known = refs.getOrDefault(key, new TreeSet<>());
    if (!known.remove(meta.ref())) {
      wrong.add("a leave of what is not known: " + key);
    }
    if (known.isEmpty()) {
      refs.remove(key);
    }
  }

  /** Returns the refs of each key, as folded; fails on a diff that did not fit. */
  public synchronized Map<String, Set<String>> state() {
    assertThat(wrong).isEmpty();
    return refs.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> new TreeSet<>(e.getValue()), (a, b) -> a, TreeMap::new));
  }

  /** Returns all changes that were sent, in their order. */
  public synchronized List<PresenceDiff.Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
