package org.rollcall.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.PresenceState;
import org.rollcall.presence.Subscription;
import org.rollcall.presence.Topic;
import org.rollcall.social.ViewerFilter;

/**
 * The step from the topics and keys that a feed showed to the ones that it shows now, topic by
 * topic, at one snapshot of each.
 *
 * <p>Diffs up to that snapshot are sent before the step, later ones after it. Used by one worker.
 */
final class ViewChange {
  private final ViewerFilter before;
  private final ViewerFilter after;
  private final Map<Topic, Long> versions = new HashMap<>();
  private final Set<Topic> added = new HashSet<>();
  private final Set<Topic> removed = new HashSet<>();
  private final List<PresenceDiff> diffs = new ArrayList<>();

  ViewChange(ViewerFilter before, ViewerFilter after) {
    this.before = before;
    this.after = after;
  }

  ViewerFilter before() {
    return before;
  }

  ViewerFilter after() {
    return after;
  }

  /** Adds a topic that is shown no more. */
  void remove(Subscription subscription) {
    removed.add(subscription.topic());
    step(subscription.topic(), subscription.end(), before::shows, key -> false);
  }

  /** Adds a topic that was not shown before. */
  void add(Subscription subscription) {
    added.add(subscription.topic());
    step(subscription.topic(), subscription.presenceState(), key -> false, after::shows);
  }

  /** Adds a topic of which other keys are shown. */
  void changed(Subscription subscription) {
    step(subscription.topic(), subscription.presenceState(), before::shows, after::shows);
  }

  private void step(
      Topic topic, PresenceState presenceState, Predicate<String> shown, Predicate<String> shows) {
    versions.put(topic, presenceState.version());
    List<PresenceDiff.Change> changes = new ArrayList<>();
    presenceState
        .metas()
        .forEach(
            (key, metas) -> {
              if (shown.test(key) != shows.test(key)) {
                metas.forEach(meta -> changes.add(change(key, meta, shows.test(key))));
              }
            });
    if (!changes.isEmpty()) {
      diffs.add(new PresenceDiff(topic.unveiled(), presenceState.version(), changes));
    }
  }

  private static PresenceDiff.Change change(String key, Meta meta, boolean joins) {
    @Nullable Meta joined = joins ? meta : null;
    @Nullable Meta left = joins ? null : meta;
    return new PresenceDiff.Change(key, joined, left);
  }

  /** Returns the joins of users who come into view and the leaves of users who go out of view. */
  List<PresenceDiff> diffs() {
    return diffs;
  }

  /** Returns whether a diff was sent, or has to be sent, before the step. */
  boolean isBefore(PresenceDiff diff) {
    return !added.contains(diff.topic())
        && diff.version() <= versions.getOrDefault(diff.topic(), -1L);
  }

  /** Returns whether a diff has to be sent after the step. */
  boolean isAfter(PresenceDiff diff) {
    return !removed.contains(diff.topic())
        && diff.version() > versions.getOrDefault(diff.topic(), -1L);
  }
}
