package org.rollcall.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.MessageRateLimit;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.TokenBucket;
import org.rollcall.config.LimitSettings;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.socket.NodeExecutors;

/**
 * The requests of this node's users about their visibility, which wait to become rules.
 *
 * <p>The requests of one user are carried out one at a time and answered in the order in which they
 * came, whichever connection they came by. Requests of four users are carried out at a time, so
 * that questions for friends have threads left. A request for what holds already is not carried out
 * again and costs nothing. Other requests have a rate for each user, as each is a write for the
 * database and every node.
 *
 * <p>Safe for many threads; no call blocks. A user is removed when no request waits and the full
 * rate is available again.
 */
final class VisibilityRequests {
  private static final Logger LOG = System.getLogger(VisibilityRequests.class.getName());

  /** How many requests of one user may wait, including the one that is carried out. */
  private static final int MOST_WAITING = 8;

  private static final int THREADS = 4;
  private static final int MOST_USERS = 1000;

  /** A user may send the requests of so many seconds at once. */
  private static final int SECONDS = 10;

  private final VisibilityRules rules;
  private final int rate;
  private final LongSupplier nanos;
  private final Executor threads;
  private final ConcurrentMap<String, UserQueue> queues = new ConcurrentHashMap<>();

  /** The result of a request. */
  enum Outcome {
    /** The request is in force on every node. */
    HOLDS,
    /** The request came too soon after others; nothing has changed. */
    TOO_SOON,
    /** The request could not be stored, or too many wait. */
    UNAVAILABLE
  }

  private record Waiting(VisibilityRequest request, Consumer<Outcome> answer) {}

  /** A user's requests. Touched inside {@code compute} only. */
  private static final class UserQueue {
    final TokenBucket rate;

    /** The requests that wait; the first one is being carried out. */
    final Deque<Waiting> waiting = new ArrayDeque<>(1);

    UserQueue(TokenBucket rate) {
      this.rate = rate;
    }

    @Nullable UserQueue orNothing(long now) {
      return waiting.isEmpty() && rate.isFull(now) ? null : this;
    }
  }

  /**
   * Creates one without requests.
   *
   * @param rate how many a second of one user
   * @param executors the threads that may wait, and the clock
   */
  VisibilityRequests(VisibilityRules rules, int rate, NodeExecutors executors) {
    this.rules = rules;
    this.rate = rate;
    this.nanos = executors.nanos();
    this.threads = new BoundedExecutor(executors.asking(), THREADS, MOST_USERS);
  }

  /**
   * Carries out a user's request, even if the connection has ended by then.
   *
   * @param answer called once, within this call or later on a thread that may wait; must not block
   */
  void add(String user, VisibilityRequest request, Consumer<Outcome> answer) {
    Waiting added = new Waiting(request, answer);
    AtomicReference<@Nullable Outcome> known = new AtomicReference<>();
    AtomicBoolean first = new AtomicBoolean();
    long now = nanos.getAsLong();
    queues.compute(
        user,
        (id, before) -> {
          UserQueue queue =
              before == null ? new UserQueue(new TokenBucket(rate, SECONDS, now)) : before;
          if (queue.waiting.isEmpty()
              && rules.stands(VisibilityRule.hidden(user), request.hiddenUntil())) {
            known.set(Outcome.HOLDS);
          } else if (queue.waiting.size() >= MOST_WAITING) {
            known.set(Outcome.UNAVAILABLE);
          } else if (!queue.rate.take(now)) {
            known.set(Outcome.TOO_SOON);
          } else {
            first.set(queue.waiting.isEmpty());
            queue.waiting.add(added);
          }
          return queue.orNothing(now);
        });
    @Nullable Outcome outcome = known.get();
    if (outcome != null) {
      answer.accept(outcome);
    } else if (first.get()) {
      start(user, added);
    }
  }

  private void start(String user, Waiting first) {
    try {
      threads.execute(() -> work(user, first));
    } catch (RejectedExecutionException full) {
      LOG.log(Level.DEBUG, "Too many changes of visibility wait; a user''s are refused");
      List<Waiting> refused = new ArrayList<>();
      queues.computeIfPresent(
          user,
          (id, queue) -> {
            refused.addAll(queue.waiting);
            queue.waiting.clear();
            return queue;
          });
      refused.forEach(waiting -> waiting.answer().accept(Outcome.UNAVAILABLE));
    }
  }

  /**
   * Answers the first request before the next one is looked at, so that the answers keep the order.
   */
  private void work(String user, Waiting first) {
    first.answer().accept(carryOut(user, first.request()));
    AtomicReference<@Nullable Waiting> next = new AtomicReference<>();
    queues.computeIfPresent(
        user,
        (id, queue) -> {
          queue.waiting.remove();
          next.set(queue.waiting.peek());
          return queue;
        });
    @Nullable Waiting waiting = next.get();
    if (waiting != null) {
      start(user, waiting);
    }
  }

  private Outcome carryOut(String user, VisibilityRequest request) {
    VisibilityRule rule = VisibilityRule.hidden(user);
    Optional<Long> until = request.hiddenUntil();
    try {
      if (rules.stands(rule, until)) {
        return Outcome.HOLDS;
      }
      if (until.isPresent()) {
        rules.make(rule, until.get());
      } else {
        rules.lift(rule);
      }
      return Outcome.HOLDS;
    } catch (RulesUnavailable e) {
      LOG.log(Level.WARNING, "A user''s visibility could not be kept: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      // After any failure the requests behind it must be answered.
      LOG.log(Level.ERROR, "A user's visibility could not be kept", e);
    }
    return Outcome.UNAVAILABLE;
  }

  /** Returns the answer to a request that came too soon. */
  String tooSoon() {
    return MessageRateLimit.exceeded(rate + " changes of visibility", LimitSettings.VISIBILITY);
  }

  /** Forgets users without requests. Called every second. */
  void check() {
    long now = nanos.getAsLong();
    queues
        .keySet()
        .forEach(user -> queues.computeIfPresent(user, (id, queue) -> queue.orNothing(now)));
  }

  /** Returns how many users are known. */
  int size() {
    return queues.size();
  }
}
