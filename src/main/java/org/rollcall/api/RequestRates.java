package org.rollcall.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.TokenBucket;
import org.rollcall.config.LimitSettings;

/**
 * Limits the requests of each user that wait for friends: how many a second, and how many that are
 * not answered yet.
 *
 * <p>Safe for many threads; no call blocks. A user is forgotten who has no request and may make as
 * many as anyone.
 */
final class RequestRates {
  /**
   * A browser sends six requests at a time to one origin, and a user may have more than one
   * browser.
   */
  private static final int MOST_UNANSWERED = 32;

  /**
   * How many answers of a user are written at a time: an answer that is not read holds a thread.
   */
  private static final int MOST_WRITTEN = 2;

  /** A user may send the requests of so many seconds at once. */
  private static final int SECONDS = 10;

  private static final long SWEEP_NANOS = Duration.ofSeconds(SECONDS).toNanos();

  /**
   * A request that was taken.
   *
   * @param answering writes its answer
   * @param end is to be run once the answer was written
   */
  record Begun(Executor answering, Runnable end) {}

  private final int rate;
  private final Executor answering;
  private final LongSupplier nanos;
  private final AtomicLong sweep;
  private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

  /** A user's requests. Touched inside {@code compute} only. */
  private static final class Account {
    final TokenBucket tokenBucket;
    final Executor answering;
    int unanswered;

    Account(TokenBucket tokenBucket, Executor answering) {
      this.tokenBucket = tokenBucket;
      this.answering = answering;
    }

    @Nullable Account orNothing(long now) {
      return unanswered == 0 && tokenBucket.isFull(now) ? null : this;
    }
  }

  /**
   * Creates one without requests.
   *
   * @param rate how many a second of one user
   * @param answering writes answers
   * @param nanos the clock
   */
  RequestRates(int rate, Executor answering, LongSupplier nanos) {
    this.rate = rate;
    this.answering = answering;
    this.nanos = nanos;
    this.sweep = new AtomicLong(nanos.getAsLong());
  }

  /** Takes a request of a user; empty if it is one too many. */
  Optional<Begun> begin(String user) {
    long now = nanos.getAsLong();
    long due = sweep.get();
    if (now - due >= 0 && sweep.compareAndSet(due, now + SWEEP_NANOS)) {
      forget(now);
    }
    AtomicReference<@Nullable Begun> begun = new AtomicReference<>();
    accounts.compute(
        user,
        (id, before) -> {
          Account account = before == null ? account(now) : before;
          if (account.unanswered < MOST_UNANSWERED && account.tokenBucket.take(now)) {
            account.unanswered++;
            begun.set(new Begun(account.answering, () -> end(user)));
          }
          return account;
        });
    return Optional.ofNullable(begun.get());
  }

  private Account account(long now) {
    return new Account(
        new TokenBucket(rate, SECONDS, now),
        new BoundedExecutor(answering, MOST_WRITTEN, MOST_UNANSWERED));
  }

  private void end(String user) {
    accounts.computeIfPresent(
        user,
        (id, account) -> {
          account.unanswered--;
          return account.orNothing(nanos.getAsLong());
        });
  }

  /** Returns the sentence for a user whose request is one too many. */
  String tooMany() {
    return "expected at most %d requests a second of one user (%s), and %d that are not answered yet"
        .formatted(rate, LimitSettings.REQUESTS, MOST_UNANSWERED);
  }

  private void forget(long now) {
    accounts
        .keySet()
        .forEach(user -> accounts.computeIfPresent(user, (id, account) -> account.orNothing(now)));
  }

  /** Returns how many users are known. */
  int size() {
    return accounts.size();
  }
}
