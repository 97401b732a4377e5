package org.rollcall.transport;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import org.rollcall.channel.Seat;

/**
 * A handshake whose connection goes through a {@link Line}, if the container upgrades it as the
 * Servlet specification has it. Tyrus does; Undertow upgrades by itself, and {@link #upgrade} is
 * not called.
 */
final class LineRequest extends HttpServletRequestWrapper {
  private final Line line;
  private final Seat seat;

  LineRequest(HttpServletRequest request, Line line, Seat seat) {
    super(request);
    this.line = line;
    this.seat = seat;
  }

  /**
   * Returns the container's own handler, and puts the line between it and the connection. If the
   * container does not begin the connection, it ends with the reservation of its seat.
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
              connection.limitUnsent();
              line.abortBy(connection::abort);
              seat.whenExpired(line::abort);
              if (connection.whenClosed(line::ended)) {
                line.endIsTold();
              }
            });
    upgrade.between(own, line);
    return own;
  }
}
