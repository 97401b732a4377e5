package org.rollcall.transport;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import org.rollcall.admission.ConnectionPermit;

/**
 * A handshake whose connection goes through a {@link ConnectionGuard}, if the container upgrades it
 * as the Servlet specification has it. Tyrus does; Undertow upgrades by itself, and {@link
 * #upgrade} is not called.
 */
final class GuardedRequest extends HttpServletRequestWrapper {
  /** How many bytes may wait to be written before the stream is not ready. */
  private static final int MOST_UNSENT = 8192;

  private final ConnectionGuard guard;
  private final ConnectionPermit permit;

  GuardedRequest(HttpServletRequest request, ConnectionGuard guard, ConnectionPermit permit) {
    super(request);
    this.guard = guard;
    this.permit = permit;
  }

  /**
   * Returns the container's own handler, and puts the guard between it and the connection. If the
   * container does not begin the connection, it ends with the reservation of its permit.
   */
  @Override
  public <T extends HttpUpgradeHandler> T upgrade(Class<T> handlerClass)
      throws IOException, ServletException {
    T own;
    try {
      own = handlerClass.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      GrizzlyConnection.warn("Tyrus's handler cannot be made", e);
      return super.upgrade(handlerClass);
    }
    GuardedUpgrade upgrade = super.upgrade(GuardedUpgrade.class);
    GrizzlyConnection.of(getRequest())
        .ifPresent(
            connection -> {
              connection.limitUnsent(MOST_UNSENT);
              guard.abortBy(connection::abort);
              permit.whenExpired(guard::abort);
              if (connection.whenClosed(guard::ended)) {
                guard.endIsTold();
              }
            });
    upgrade.between(own, guard);
    return own;
  }
}
