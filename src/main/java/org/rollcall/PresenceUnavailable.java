package org.rollcall;

/**
 * Thrown when Rollcall does not serve on this node: it starts, drains, is suspended or has stopped.
 * Another node may serve; a suspended one may again.
 */
public final class PresenceUnavailable extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** Creates one with a sentence that says why. */
  public PresenceUnavailable(String sentence) {
    super(sentence);
  }
}
