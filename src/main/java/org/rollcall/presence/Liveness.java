package org.rollcall.presence;

import java.security.Principal;
import java.util.Optional;

/** A connection that something is kept for, as an audit asks for it. */
@FunctionalInterface
public interface Liveness {
  /**
   * Tells whether the connection is there, and wants what is kept for it. Once it is not, it never
   * is again. Called by any thread; returns at once.
   */
  boolean isOpen();

  /**
   * Returns the log-in of the connection, if it has a name. It is kept for as long as an entry of
   * the connection lingers: entries themselves do not say it, and a log-out may name nothing else.
   */
  default Optional<Principal> login() {
    return Optional.empty();
  }
}
