package org.rollcall.admission;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Budget;
import org.rollcall.concurrent.TokenBucket;
import org.rollcall.config.BudgetSettings;
import org.rollcall.config.ConnectionSettings;

/**
 * How many connections each user and each address has on this node, and how fast each address
 * connects.
 *
 * <p>A connection is counted when its handshake begins, or a thousand handshakes at once would all
 * be let in. A handshake that never becomes a socket is counted for ten seconds. An address is
 * forgotten when it has no connection, nobody is on a topic in its shares, and it may connect as
 * fast as anyone.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class ConnectionLimiter {
  private static final long RESERVED_NANOS = 10_000_000_000L;

  /**
   * An address may make the handshakes of so many seconds at once, for instance an office whose
   * clients all come back.
   */
  private static final int SECONDS = 10;

  /** The part of the node's budget that only users have: a fourth. */
  private static final int USERS_PART = 4;

  private final ConnectionSettings settings;
  private final BudgetSettings budgets;
  private final LongSupplier nanos;
  private final Budget waiting;
  private final Budget strangers;
  private final Budget followed;
  private final ConcurrentMap<String, Integer> users = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Visits> addresses = new ConcurrentHashMap<>();
  private final Queue<Reservation> reservations = new ConcurrentLinkedQueue<>();

  private record Reservation(ConnectionPermit permit, long end) {}

  /** The state of an address. Touched inside {@code compute} only. */
  private static final class Visits {
    final TokenBucket handshakes;
    final ConnectionPermit.Shares ofUsers;
    final ConnectionPermit.Shares ofStrangers;
    int connections;

    Visits(
        TokenBucket handshakes,
        ConnectionPermit.Shares ofUsers,
        ConnectionPermit.Shares ofStrangers) {
      this.handshakes = handshakes;
      this.ofUsers = ofUsers;
      this.ofStrangers = ofStrangers;
    }
  }

  /**
   * Creates a limiter without connections.
   *
   * @param nanos the clock
   */
  public ConnectionLimiter(
      ConnectionSettings settings, BudgetSettings budgets, LongSupplier nanos) {
    this.settings = settings;
    this.budgets = budgets;
    this.nanos = nanos;
    this.waiting = new Budget(budgets.waiting());
    this.strangers = waiting.part(budgets.waiting() - budgets.waiting() / USERS_PART);
    this.followed = new Budget(budgets.topics());
  }

  /** Counts a handshake. Returns whether the address keeps to its rate. */
  public boolean handshake(String address) {
    long now = nanos.getAsLong();
    AtomicBoolean welcome = new AtomicBoolean();
    addresses.compute(
        address,
        (key, known) -> {
          Visits visits = known == null ? visits(now) : known;
          welcome.set(visits.handshakes.take(now));
          return visits;
        });
    return welcome.get();
  }

  /**
   * Reserves a permit.
   *
   * @return empty if the user or the address has as many connections as it may
   */
  public Optional<ConnectionPermit> enter(String address, Optional<String> user) {
    if (!count(address, settings.perAddress())) {
      return Optional.empty();
    }
    if (user.isPresent() && !countUser(user.get(), settings.perUser())) {
      leave(address);
      return Optional.empty();
    }
    ConnectionPermit permit =
        new ConnectionPermit(by -> recount(address, user, by), shares(address, user.isPresent()));
    reservations.add(new Reservation(permit, nanos.getAsLong() + RESERVED_NANOS));
    return Optional.of(permit);
  }

  /** Returns what is shared by such connections of an address; one of them is counted already. */
  private ConnectionPermit.Shares shares(String address, boolean known) {
    Visits visits = addresses.computeIfAbsent(address, key -> visits(nanos.getAsLong()));
    return known ? visits.ofUsers : visits.ofStrangers;
  }

  /** Returns whether an address has as many connections as it may. */
  public boolean isFull(String address) {
    AtomicBoolean full = new AtomicBoolean();
    addresses.computeIfPresent(
        address,
        (key, visits) -> {
          full.set(visits.connections >= settings.perAddress());
          return visits;
        });
    return full.get();
  }

  private void recount(String address, Optional<String> user, int by) {
    if (by > 0) {
      count(address, Integer.MAX_VALUE);
      user.ifPresent(id -> countUser(id, Integer.MAX_VALUE));
    } else {
      leave(address);
      user.ifPresent(id -> users.computeIfPresent(id, (key, all) -> all > 1 ? all - 1 : null));
    }
  }

  private boolean count(String address, int most) {
    long now = nanos.getAsLong();
    AtomicBoolean counted = new AtomicBoolean();
    addresses.compute(
        address,
        (key, known) -> {
          Visits visits = known == null ? visits(now) : known;
          counted.set(visits.connections < most);
          visits.connections += counted.get() ? 1 : 0;
          return visits;
        });
    return counted.get();
  }

  private boolean countUser(String user, int most) {
    AtomicBoolean counted = new AtomicBoolean();
    users.compute(
        user,
        (key, known) -> {
          int all = known == null ? 0 : known;
          counted.set(all < most);
          return all + (counted.get() ? 1 : 0);
        });
    return counted.get();
  }

  private void leave(String address) {
    addresses.computeIfPresent(
        address,
        (key, visits) -> {
          visits.connections--;
          return visits;
        });
  }

  private Visits visits(long now) {
    Budget brought = new Budget(budgets.topicsOfAddress());
    Budget followedByAddress = followed.part(budgets.topicsOfAddress());
    int most = budgets.waitingOfAddress();
    return new Visits(
        new TokenBucket(settings.connects(), SECONDS, now),
        new ConnectionPermit.Shares(waiting.part(most), brought, followedByAddress),
        new ConnectionPermit.Shares(strangers.part(most), brought, followedByAddress));
  }

  /**
   * Expires reservations that no socket has taken, and forgets addresses without connections.
   * Called every second.
   */
  public void check() {
    long now = nanos.getAsLong();
    for (@Nullable Reservation first = reservations.peek();
        first != null && now - first.end() >= 0;
        first = reservations.peek()) {
      reservations.remove();
      first.permit().expire();
    }
    addresses
        .keySet()
        .forEach(
            address -> addresses.computeIfPresent(address, (key, visits) -> known(visits, now)));
  }

  private static @Nullable Visits known(Visits visits, long now) {
    ConnectionPermit.Shares shares = visits.ofStrangers;
    boolean isIdle =
        visits.connections == 0 && shares.brought().taken() == 0 && shares.followed().taken() == 0;
    return isIdle && visits.handshakes.isFull(now) ? null : visits;
  }

  /** Returns how many addresses and users are known. */
  public int size() {
    return addresses.size() + users.size();
  }
}
