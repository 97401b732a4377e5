package org.rollcall.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Bucket;
import org.rollcall.config.LimitSettings;

/**
 * How many requests that wait for friends each user may make: so many a second, and so many that
 * are not answered yet.
 *
 * <p>Safe for many threads; no call blocks. A user is forgotten who has no request and may make as
 * many as anyone.
 */
final class RequestRates {
  /** A browser sends six at a time to one origin, and a user may have more than one. */
  private static final int MOST_UNANSWERED = 32;

  /** So many seconds' worth of requests at once. */
  private static final int SECONDS = 10;

  private static final long SWEEP_NANOS = Duration.ofSeconds(SECONDS).toNanos();

  private final int rate;
  private final LongSupplier nanos;
  private final AtomicLong sweep;
  private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();

  /** A user's requests. Touched inside {@code compute} only. */
  private static final class Account {
    final Bucket bucket;
    int unanswered;

    Account(Bucket bucket) {
      this.bucket = bucket;
    }

    @Nullable Account orNothing(long now) {
      return unanswered == 0 && bucket.isFull(now) ? null : this;
    }
  }

  /**
   * Creates one without requests.
   *
   * @param rate how many a second of one user
   * @param nanos the clock
   */
  RequestRates(int rate, LongSupplier nanos) {
    this.rate = rate;
    this.nanos = nanos;
    this.sweep = new AtomicLong(nanos.getAsLong());
  }

  /**
   * Takes a request of a user.
   *
   * @return to be run once the request has been answered; nothing if it is one too many
   */
  Optional<Runnable> begin(String user) {
    long now = nanos.getAsLong();
    long due = sweep.get();
    if (now - due >= 0 && sweep.compareAndSet(due, now + SWEEP_NANOS)) {
      forget(now);
    }
    AtomicBoolean taken = new AtomicBoolean();
    accounts.compute(
        user,
        (id, before) -> {
          Account account = before == null ? new Account(new Bucket(rate, SECONDS, now)) : before;
          if (account.unanswered < MOST_UNANSWERED && account.bucket.take(now)) {
            account.unanswered++;
            taken.set(true);
          }
          return account;
        });
    return taken.get() ? Optional.of(() -> end(user)) : Optional.empty();
  }

  private void end(String user) {
    accounts.computeIfPresent(
        user,
        (id, account) -> {
          account.unanswered--;
          return account.orNothing(nanos.getAsLong());
        });
  }

  /** Returns what a user is told whose request is one too many. */
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
