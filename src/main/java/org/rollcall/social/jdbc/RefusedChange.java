package org.rollcall.social.jdbc;

/** Thrown by work on a database that refuses to be done; its message is for the caller. */
public abstract class RefusedChange extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates one with a message for the caller. */
  public RefusedChange(String message) {
    super(message);
  }
}
