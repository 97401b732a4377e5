package org.rollcall.channel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Snapshot;
import org.rollcall.presence.Subscriber;
import org.rollcall.presence.Subscription;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;

/**
 * One channel's view of some topics: a merged state, then the diffs that it does not contain.
 *
 * <p>While a state is put together, diffs are held back; after it, those that it contains already
 * are dropped. So state and diffs are one sequence for each topic, however many topics there are.
 *
 * <p>{@link #open}, {@link #restate} and {@link #close} are called by one worker at a time; diffs
 * come from fan-out threads.
 */
final class PresenceFeed implements Subscriber {
  /** Diffs that may be held back; past it they are dropped and the state is taken anew. */
  private static final int MOST_HELD = 4096;

  private final Tracker tracker;
  private final Consumer<String> state;
  private final Consumer<PresenceDiff> tell;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final List<PresenceDiff> held = new ArrayList<>(0);
  private boolean holding = true;
  private boolean overflowed;
  private boolean closed;

  /**
   * Creates a feed that is told nothing yet.
   *
   * @param state takes the payload of a state; must not block
   * @param tell takes a diff; must not block
   */
  PresenceFeed(Tracker tracker, Consumer<String> state, Consumer<PresenceDiff> tell) {
    this.tracker = tracker;
    this.state = state;
    this.tell = tell;
  }

  /** Subscribes to topics and tells their state. */
  void open(Collection<Topic> topics) {
    // Subscribe before taking the snapshots. A join that falls between the two is then in both, and
    // dropped from one by its version; the other way round it would never be told.
    for (Topic topic : topics) {
      subscriptions.add(tracker.subscribe(topic, this));
    }
    restate();
  }

  /** Tells the state as it is now; the client re-bases on it. */
  void restate() {
    boolean again;
    do {
      synchronized (this) {
        if (closed) {
          return;
        }
        holding = true;
        overflowed = false;
      }
      Map<String, List<Meta>> presences = new LinkedHashMap<>();
      Map<Topic, Long> versions = new HashMap<>();
      for (Subscription subscription : subscriptions) {
        Snapshot snapshot = subscription.snapshot();
        versions.put(subscription.topic(), snapshot.version());
        presences.putAll(snapshot.metas());
      }
      String payload = PresencePayload.state(presences);
      again = release(payload, versions);
    } while (again);
  }

  /** Tells state and held diffs. Tells whether diffs were lost, so that a newer state is needed. */
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
        .forEach(tell);
    holding = false;
    return false;
  }

  @Override
  public synchronized void onDiff(PresenceDiff diff) {
    if (closed) {
      return;
    }
    if (!holding) {
      tell.accept(diff);
    } else if (held.size() < MOST_HELD) {
      held.add(diff);
    } else {
      overflowed = true;
    }
  }

  /** Ends all subscriptions. */
  void close() {
    synchronized (this) {
      closed = true;
      held.clear();
    }
    subscriptions.forEach(Subscription::close);
    subscriptions.clear();
  }
}
