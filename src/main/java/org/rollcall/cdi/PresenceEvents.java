package org.rollcall.cdi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.rollcall.PresenceChanged;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.Tracker;

/**
 * Sends the presence of users to the application's observers: the states of each user in their
 * order.
 *
 * <p>A look of the tracker marks a user; a turn compares the tracker's state with the event that
 * was sent last, and sends the difference. Users are spread over queues, so that one slow observer
 * holds up a part of the users only.
 */
public final class PresenceEvents {
  /** How many observers run at once. */
  public static final int QUEUES = 4;

  private static final int MOST_WAITING = 25_000;

  private final Tracker tracker;
  private final Consumer<PresenceChanged> observers;
  private final List<EventQueue<String>> queues = new ArrayList<>(QUEUES);
  private final ConcurrentMap<String, List<Meta>> told = new ConcurrentHashMap<>();

  private PresenceEvents(
      Tracker tracker,
      Consumer<PresenceChanged> observers,
      Executor executor,
      LongSupplier nanos,
      int most) {
    this.tracker = tracker;
    this.observers = observers;
    for (int i = 0; i < QUEUES; i++) {
      int queue = i;
      queues.add(new EventQueue<>(most, () -> users(queue), this::tell, executor, nanos));
    }
  }

  /**
   * Begins to send; first all users who are online now.
   *
   * @param observers returns when all observers have the event; an exception is logged
   * @param executor runs the observers, {@link #QUEUES} at once
   */
  public static void begin(
      Tracker tracker, Consumer<PresenceChanged> observers, Executor executor, LongSupplier nanos) {
    begin(tracker, observers, executor, nanos, MOST_WAITING);
  }

  static void begin(
      Tracker tracker,
      Consumer<PresenceChanged> observers,
      Executor executor,
      LongSupplier nanos,
      int most) {
    PresenceEvents events = new PresenceEvents(tracker, observers, executor, nanos, most);
    tracker.watch(topic -> topic.user().ifPresent(events::mark));
  }

  private void mark(String user) {
    queues.get(queueOf(user)).mark(user);
  }

  private static int queueOf(String user) {
    return Math.floorMod(user.hashCode(), QUEUES);
  }

  private Collection<String> users(int queue) {
    Set<String> users = new LinkedHashSet<>(told.keySet());
    tracker.replica().forEach((owner, entry) -> entry.id().topic().user().ifPresent(users::add));
    users.removeIf(user -> queueOf(user) != queue);
    return users;
  }

  private void tell(String user) {
    List<Meta> now = tracker.list(Topic.ofUser(user)).metas().getOrDefault(user, List.of());
    List<Meta> before = told.getOrDefault(user, List.of());
    if (now.equals(before)) {
      return;
    }
    if (now.isEmpty()) {
      told.remove(user);
    } else {
      told.put(user, now);
    }
    observers.accept(new PresenceChanged(user, !now.isEmpty(), LivePresence.json(now)));
  }
}
