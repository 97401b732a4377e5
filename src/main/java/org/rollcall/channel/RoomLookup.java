package org.rollcall.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.RoomAccess;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.identity.User;
import org.rollcall.socket.Channel;

/**
 * Asks the application whether a user may join a room, without making a worker wait.
 *
 * <p>The questions of one user are asked one at a time, in their order, and users take turns: a
 * client that joins a hundred rooms holds up itself only. A join that its client has given up by
 * then is not asked for.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class RoomLookup {
  private static final ThrottledWarning FAILED =
      new ThrottledWarning(System.getLogger(RoomLookup.class.getName()));

  /** The other threads that may wait are kept for sources of friends. */
  private static final int THREADS = 8;

  private static final int MOST_USERS = 10_000;

  /** Twice as many as a connection may have channels. */
  private static final int MOST_OF_USER = 200;

  private final Optional<RoomAccess> access;
  private final Executor threads;
  private final ConcurrentMap<String, Deque<Join>> queues = new ConcurrentHashMap<>();

  /** A join, and the action that takes the answer, which is empty if there is none. */
  private record Join(User user, Channel channel, Consumer<Optional<Boolean>> answer) {
    /** Called in the mailbox, where joins are answered. */
    void answer(Optional<Boolean> allowed) {
      channel.socket().mailbox().execute(() -> channel.guard(() -> answer.accept(allowed)));
    }
  }

  /**
   * Creates one that asks nothing yet.
   *
   * @param access the application's bean; may wait, and throws if it takes too long
   * @param asking runs the questions
   */
  RoomLookup(Optional<RoomAccess> access, Executor asking) {
    this.access = access;
    this.threads = new BoundedExecutor(asking, THREADS, MOST_USERS);
  }

  /**
   * Asks whether a user may join a room. Called in the socket's mailbox.
   *
   * @param answer takes whether the user may join, or nothing if it cannot be found out now; called
   *     in the mailbox, within this call if nobody has to be asked
   */
  void ask(User user, Channel channel, Consumer<Optional<Boolean>> answer) {
    if (access.isEmpty()) {
      answer.accept(Optional.of(true));
      return;
    }
    Join join = new Join(user, channel, answer);
    switch (add(join)) {
      case 0 -> join.answer(Optional.empty());
      case 1 -> start(user.id());
      default -> {
        // Its turn comes after the others'.
      }
    }
  }

  /** Returns how many of the user's questions wait, with this one; zero if they are too many. */
  private int add(Join join) {
    AtomicInteger place = new AtomicInteger();
    queues.compute(
        join.user().id(),
        (user, before) -> {
          Deque<Join> queue = before == null ? new ArrayDeque<>(2) : before;
          if (queue.size() < MOST_OF_USER) {
            queue.add(join);
            place.set(queue.size());
          }
          return queue;
        });
    return place.get();
  }

  private void start(String user) {
    try {
      threads.execute(() -> work(user));
    } catch (RejectedExecutionException full) {
      FAILED.log("Too many joins of rooms wait for the application; some are refused");
      @Nullable Deque<Join> refused = queues.remove(user);
      List.copyOf(refused == null ? List.of() : refused)
          .forEach(join -> join.answer(Optional.empty()));
    }
  }

  private void work(String user) {
    @Nullable Join join = first(user);
    if (join != null) {
      if (join.channel().isOpen()) {
        join.answer(decide(join));
      }
      if (isNextAfter(user)) {
        start(user);
      }
    }
  }

  private @Nullable Join first(String user) {
    AtomicReference<@Nullable Join> first = new AtomicReference<>();
    queues.computeIfPresent(
        user,
        (id, queue) -> {
          first.set(queue.peek());
          return queue;
        });
    return first.get();
  }

  /** Takes the first join of a user's queue, and drops the queue when it is empty. */
  private boolean isNextAfter(String user) {
    return queues.computeIfPresent(
            user,
            (id, queue) -> {
              queue.remove();
              return queue.isEmpty() ? null : queue;
            })
        != null;
  }

  private Optional<Boolean> decide(Join join) {
    User user = join.user();
    RoomAccess.Join asked = new RoomAccess.Join(join.channel().topic(), user.id(), user.groups());
    try {
      return Optional.of(access.orElseThrow().mayJoin(asked));
    } catch (Exception | Error e) {
      // After any failure the next join must be asked for.
      FAILED.log("The application's RoomAccess failed; joins are refused", e);
      return Optional.empty();
    }
  }
}
