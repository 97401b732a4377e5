package org.rollcall.infinispan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Membership;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;

/**
 * This node's replica of the log-outs. It leaves out log-outs that are in the cache but not in
 * force on this node, and log-outs that expire within a minute: each node forgets a log-out by its
 * own clock. Safe for many threads.
 */
final class LogoutReplica extends UnownedReplica<Logout> {
  private static final Duration REMEMBERED = Logouts.LIFE.minusMinutes(1);

  private final InfinispanLogoutStore store;
  private final Logouts logouts;
  private final InstantSource clock;

  LogoutReplica(
      InfinispanLogoutStore store, Logouts logouts, Membership members, InstantSource clock) {
    super(members);
    this.store = store;
    this.logouts = logouts;
    this.clock = clock;
  }

  @Override
  public void forEachOwn(Consumer<Logout> visitor) {
    Instant eldest = clock.instant().minus(REMEMBERED);
    store.forEach(
        logout -> {
          if (logout.at().isAfter(eldest) && logouts.find(logout.id()).isPresent()) {
            visitor.accept(logout);
          }
        });
  }

  @Override
  public long id(Logout logout) {
    return Digest.hash(logout.id());
  }

  @Override
  public long value(Logout logout) {
    return valueOf(
        logout.session().orElse(""),
        logout.user().orElse(""),
        logout.subject().orElse(""),
        logout.at().toString());
  }

  @Override
  void hold(Logout logout) {
    Duration left = Duration.between(clock.instant(), logout.at().plus(Logouts.LIFE));
    if (left.toMillis() > 0) {
      store.put(List.of(logout), left);
    }
  }
}
