package org.rollcall.transport;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The numbers of bodies that are being read: of all clients, and of each address.
 *
 * <p>Safe for many threads; no call blocks. An address without a body is forgotten.
 */
final class BodyPermits {
  private final int most;
  private final int perAddress;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentMap<String, Integer> addresses = new ConcurrentHashMap<>();

  /** Creates one for so many bodies at a time. */
  BodyPermits(int most, int perAddress) {
    this.most = most;
    this.perAddress = perAddress;
  }

  /**
   * Takes a permit for a body of an address.
   *
   * @return gives the permit back, once however often it is run; empty if there is no permit
   */
  Optional<Runnable> acquire(String address) {
    if (all.incrementAndGet() > most) {
      all.decrementAndGet();
      return Optional.empty();
    }
    AtomicBoolean taken = new AtomicBoolean();
    addresses.compute(
        address,
        (key, before) -> {
          int now = before == null ? 0 : before;
          taken.set(now < perAddress);
          return taken.get() ? Integer.valueOf(now + 1) : before;
        });
    if (!taken.get()) {
      all.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(() -> release(address, taken));
  }

  private void release(String address, AtomicBoolean taken) {
    if (taken.compareAndSet(true, false)) {
      addresses.computeIfPresent(address, (key, now) -> now == 1 ? null : now - 1);
      all.decrementAndGet();
    }
  }

  /** Returns how many addresses have a body on its way. */
  int addresses() {
    return addresses.size();
  }
}
