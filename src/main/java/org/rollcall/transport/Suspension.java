package org.rollcall.transport;

import jakarta.websocket.WebSocketContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Tells whether a container is about to close all its connections by itself.
 *
 * <p>WildFly 39 does so when it is told to stop or to suspend, before it tells the WAR, with 1001,
 * as a page does that goes away. Jakarta WebSocket has no word for it, but Undertow 2.3 has: from
 * before the first close until it resumes, its container says that it is closed.
 *
 * <p>Safe for many threads.
 */
final class Suspension {
  private static final Logger LOG = System.getLogger(Suspension.class.getName());

  private static final String UNDERTOW = "io.undertow.websockets.jsr.ServerWebSocketContainer";

  private Suspension() {}

  /** Tells whether this container closes its connections. Containers of others never say so. */
  static boolean of(WebSocketContainer container) {
    Class<?> type = container.getClass();
    if (!type.getName().equals(UNDERTOW)) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(type.getMethod("isClosed").invoke(container));
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.WARNING, "Undertow does not tell whether WildFly is about to stop", e);
      return false;
    }
  }
}
