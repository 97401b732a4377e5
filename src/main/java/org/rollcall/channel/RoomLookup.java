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
  private final ConcurrentMap<String, Deque<Question>> lines = new ConcurrentHashMap<>();

  /** A join, and the action that takes the answer, which is empty if there is none. */
  private record Question(User user, Channel channel, Consumer<Optional<Boolean>> answer) {
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
    Question question = new Question(user, channel, answer);
    switch (add(question)) {
      case 0 -> question.answer(Optional.empty());
      case 1 -> start(user.id());
      default -> {
        // Its turn comes after the others'.
      }
    }
  }

  /** Returns how many of the user's questions wait, with this one; zero if they are too many. */
  private int add(Question question) {
    AtomicInteger place = new AtomicInteger();
    lines.compute(
        question.user().id(),
        (user, before) -> {
          Deque<Question> line = before == null ? new ArrayDeque<>(2) : before;
          if (line.size() < MOST_OF_USER) {
            line.add(question);
            place.set(line.size());
          }
          return line;
        });
    return place.get();
  }

  private void start(String user) {
    try {
      threads.execute(() -> work(user));
    } catch (RejectedExecutionException full) {
      FAILED.log("Too many joins of rooms wait for the application; some are refused");
      @Nullable Deque<Question> refused = lines.remove(user);
      List.copyOf(refused == null ? List.of() : refused)
          .forEach(question -> question.answer(Optional.empty()));
    }
  }

  private void work(String user) {
    @Nullable Question question = first(user);
    if (question != null) {
      if (question.channel().isOpen()) {
        question.answer(decide(question));
      }
      if (isNextAfter(user)) {
        start(user);
      }
    }
  }

  private @Nullable Question first(String user) {
    AtomicReference<@Nullable Question> first = new AtomicReference<>();
    lines.computeIfPresent(
        user,
        (id, line) -> {
          first.set(line.peek());
          return line;
        });
    return first.get();
  }

  /** Takes the first join of a user's queue, and drops the queue when it is empty. */
  private boolean isNextAfter(String user) {
    return lines.computeIfPresent(
            user,
            (id, line) -> {
              line.remove();
              return line.isEmpty() ? null : line;
            })
        != null;
  }

  private Optional<Boolean> decide(Question question) {
    User user = question.user();
    RoomAccess.Join join =
        new RoomAccess.Join(question.channel().topic(), user.id(), user.groups());
    try {
      return Optional.of(access.orElseThrow().mayJoin(join));
    } catch (Exception | Error e) {
      // After any failure the next join must be asked for.
      FAILED.log("The application's RoomAccess failed; joins are refused", e);
      return Optional.empty();
    }
  }
}
