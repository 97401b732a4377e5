package org.rollcall.channel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.PresenceState;
import org.rollcall.presence.Subscriber;
import org.rollcall.presence.Subscription;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;
import org.rollcall.social.ViewerFilter;

/**
 * One channel's view of some topics: a merged state, then the diffs that it does not contain.
 *
 * <p>While a state is put together, diffs are held back. After it, diffs that the state contains
 * already are dropped. So state and diffs are one sequence for each topic, however many topics
 * there are.
 *
 * <p>Whom the client is shown changes in one step only, {@link #show}: a user who comes into view
 * is sent as a join, a user who goes out of view as a leave, and nothing more of that user follows.
 *
 * <p>{@link #open}, {@link #restate}, {@link #show} and {@link #close} are called by one worker at
 * a time; diffs come from fan-out threads.
 */
final class PresenceFeed implements Subscriber {
  /**
   * How many diffs may be held back. If there are more, they are dropped and the state is sent
   * again.
   */
  private static final int MOST_HELD = 4096;

  private final Tracker tracker;
  private final Consumer<String> state;
  private final Consumer<PresenceDiff> tell;
  private final List<PresenceDiff> held = new ArrayList<>(0);

  /** One for each topic. A list, as each of a node's users has one for each friend. */
  private List<Subscription> subscriptions = List.of();

  private volatile ViewerFilter viewerFilter = new ViewerFilter("", true, Set.of());
  private boolean holding = true;
  private boolean overflowed;
  private boolean closed;

  /**
   * Creates a feed without topics.
   *
   * @param state takes the payload of a state; must not block
   * @param tell takes a diff; must not block
   */
  PresenceFeed(Tracker tracker, Consumer<String> state, Consumer<PresenceDiff> tell) {
    this.tracker = tracker;
    this.state = state;
    this.tell = tell;
  }

  /** Subscribes to topics, and sends the part of their state that the viewer may see. */
  void open(Set<Topic> topics, ViewerFilter shown) {
    // Subscribe before taking the snapshots. A join that falls between the two is then in both, and
    // dropped from one by its version; the other way round it would never be sent.
    subscriptions = new ArrayList<>(topics.size());
    topics.forEach(this::subscribe);
    viewerFilter = shown;
    restate();
  }

  private Subscription subscribe(Topic topic) {
    Subscription subscription = tracker.subscribe(topic, this);
    subscriptions.add(subscription);
    return subscription;
  }

  private Set<Topic> topics() {
    Set<Topic> topics = new HashSet<>(subscriptions.size() * 2);
    subscriptions.forEach(subscription -> topics.add(subscription.topic()));
    return topics;
  }

  private synchronized boolean hold() {
    holding = true;
    overflowed = false;
    return !closed;
  }

  /** Sends the present state, which replaces all that the client shows. */
  void restate() {
    boolean again;
    do {
      if (!hold()) {
        return;
      }
      Map<String, List<Meta>> presences = new LinkedHashMap<>();
      Map<Topic, Long> versions = new HashMap<>();
      subscriptions.forEach(
          subscription -> {
            PresenceState presenceState = subscription.presenceState();
            versions.put(subscription.topic(), presenceState.version());
            presenceState.metas().forEach((key, metas) -> add(presences, key, metas));
          });
      String payload = PresencePayload.state(presences);
      again = release(payload, versions);
    } while (again);
  }

  private void add(Map<String, List<Meta>> presences, String key, List<Meta> metas) {
    if (viewerFilter.shows(key)) {
      presences.computeIfAbsent(key, any -> new ArrayList<>(metas.size())).addAll(metas);
    }
  }

  /**
   * Sends the state and the held diffs. Returns whether diffs were lost, so that a newer state is
   * necessary.
   */
  private synchronized boolean release(String payload, Map<Topic, Long> versions) {
    if (closed) {
      return false;
    }
    List<PresenceDiff> late = new ArrayList<>(held);
    held.clear();
    if (overflowed) {
      return true;
    }
    state.accept(payload);
    late.stream()
        .filter(diff -> diff.version() > versions.getOrDefault(diff.topic(), -1L))
        .forEach(diff -> tell(diff, viewerFilter));
    holding = false;
    return false;
  }

  /** Shows other keys of the same topics, and sends the difference. */
  void show(ViewerFilter next) {
    if (!next.equals(viewerFilter)) {
      show(topics(), next);
    }
  }

  /** Shows other topics, or other keys of them, and sends the difference. */
  void show(Set<Topic> topics, ViewerFilter next) {
    ViewerFilter before = viewerFilter;
    boolean same = next.equals(before) && topics.equals(topics());
    if (same || !hold()) {
      return;
    }
    ViewChange viewChange = new ViewChange(before, next);
    Set<Topic> added = new HashSet<>(topics);
    List<Subscription> kept = new ArrayList<>(topics.size());
    for (Subscription subscription : subscriptions) {
      if (!added.remove(subscription.topic())) {
        viewChange.remove(subscription);
        continue;
      }
      kept.add(subscription);
      if (!next.equals(before)) {
        viewChange.changed(subscription);
      }
    }
    subscriptions = kept;
    added.forEach(topic -> viewChange.add(subscribe(topic)));
    if (release(viewChange)) {
      restate();
    }
  }

  private synchronized boolean release(ViewChange viewChange) {
    viewerFilter = viewChange.after();
    if (closed) {
      return false;
    }
    List<PresenceDiff> late = new ArrayList<>(held);
    held.clear();
    if (overflowed) {
      return true;
    }
    late.stream().filter(viewChange::isBefore).forEach(diff -> tell(diff, viewChange.before()));
    viewChange.diffs().forEach(tell);
    late.stream().filter(viewChange::isAfter).forEach(diff -> tell(diff, viewChange.after()));
    holding = false;
    return false;
  }

  @Override
  public synchronized void onDiff(PresenceDiff diff) {
    if (closed) {
      return;
    }
    if (!holding) {
      tell(diff, viewerFilter);
    } else if (held.size() < MOST_HELD) {
      held.add(diff);
    } else {
      overflowed = true;
    }
  }

  /**
   * Sends the part of a diff that the viewer may see. A whole diff is the same object for all
   * subscribers.
   */
  private void tell(PresenceDiff diff, ViewerFilter shown) {
    List<PresenceDiff.Change> changes = diff.changes();
    if (!shown.isClear()) {
      changes = changes.stream().filter(change -> shown.shows(change.key())).toList();
    }
    Topic topic = diff.topic().unveiled();
    if (changes.size() == diff.changes().size() && topic.equals(diff.topic())) {
      tell.accept(diff);
    } else if (!changes.isEmpty()) {
      tell.accept(new PresenceDiff(topic, diff.version(), changes));
    }
  }

  /** Ends all subscriptions. */
  void close() {
    synchronized (this) {
      closed = true;
      held.clear();
    }
    subscriptions.forEach(Subscription::close);
    subscriptions = List.of();
  }
}
