package org.rollcall.transport;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import org.rollcall.admission.ConnectionPermit;

/**
 * A handshake whose connection goes through a {@link Line}, if the container upgrades it as the
 * Servlet specification has it. Tyrus does; Undertow upgrades by itself, and {@link #upgrade} is
 * not called.
 */
final class LineRequest extends HttpServletRequestWrapper {
  /** Bytes that may wait to be written before the stream says that it is not ready. */
  private static final int MOST_UNSENT = 8192;

  private final Line line;
  private final ConnectionPermit permit;

  LineRequest(HttpServletRequest request, Line line, ConnectionPermit permit) {
    super(request);
    this.line = line;
    this.permit = permit;
  }

  /**
   * Returns the container's own handler, and puts the line between it and the connection. If the
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
    LineUpgrade upgrade = super.upgrade(LineUpgrade.class);
    GrizzlyConnection.of(getRequest())
        .ifPresent(
            connection -> {
              connection.limitUnsent(MOST_UNSENT);
              line.abortBy(connection::abort);
              permit.whenExpired(line::abort);
              if (connection.whenClosed(line::ended)) {
                line.endIsTold();
              }
            });
    upgrade.between(own, line);
    return own;
  }
}
