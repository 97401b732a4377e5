package org.rollcall.presence;

/** How a connection ended: it decides how long its entry lingers. */
public enum LeaveReason {
  /** The client announced that it leaves. */
  LEFT,

  /** The page was closed or left; it may be about to load again. */
  AWAY,

  /** The connection broke, or the server ended it for a reason of its own. */
  LOST
}
