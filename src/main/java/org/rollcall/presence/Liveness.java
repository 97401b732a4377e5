package org.rollcall.presence;

/** A connection that something is kept for, as an audit asks for it. */
@FunctionalInterface
public interface Liveness {
  /**
   * Tells whether the connection is there, and wants what is kept for it. Once it is not, it never
   * is again. Called by any thread; returns at once.
   */
  boolean isOpen();
}
