package org.rollcall.presence;

import java.security.Principal;
import java.util.Optional;

/** The connection of an entry or of a counted registration, as audits ask about it. */
@FunctionalInterface
public interface Liveness {
  /**
   * Returns whether the connection is open and still uses its entry or registration. After the
   * first false it is always false. Called by any thread; returns at once.
   */
  boolean isOpen();

  /**
   * Returns the log-in of the connection, if it has a name. It is kept for as long as an entry of
   * the connection lingers: the entries themselves do not name it, and a log-out may name nothing
   * else.
   */
  default Optional<Principal> login() {
    return Optional.empty();
  }
}
