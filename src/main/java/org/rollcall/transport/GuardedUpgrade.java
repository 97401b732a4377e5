package org.rollcall.transport;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Hands the container's handler of a WebSocket a connection whose streams go through a {@link
 * ConnectionGuard}.
 *
 * <p>Made by the container; {@link #between} follows before the connection begins.
 */
public final class GuardedUpgrade implements HttpUpgradeHandler {
  private static final Logger LOG = System.getLogger(GuardedUpgrade.class.getName());

  private @Nullable HttpUpgradeHandler handler;
  private @Nullable ConnectionGuard guard;

  /** Creates one; the container calls it. */
  public GuardedUpgrade() {
    // Made by reflection.
  }

  /** Takes the handler and the guard. */
  void between(HttpUpgradeHandler container, ConnectionGuard measured) {
    handler = container;
    guard = measured;
  }

  @Override
  public void init(WebConnection connection) {
    HttpUpgradeHandler container = handler;
    ConnectionGuard measured = guard;
    if (container == null || measured == null) {
      throw new IllegalStateException("A connection begins before its handler is known");
    }
    if (measured.isCut()) {
      // Too late: it is aborted.
      return;
    }
    measured.pongs().begin();
    try {
      Measured streams = new Measured(connection, measured);
      container.init(streams);
      streams.in.begin();
    } catch (IOException | RuntimeException e) {
      // Payara would log the address, which may hold a token, and keep the connection.
      LOG.log(Level.WARNING, "A connection could not begin: {0}", e.getClass().getName());
      measured.abort();
    }
  }

  @Override
  public void destroy() {
    if (guard != null) {
      guard.released();
    }
    if (handler != null) {
      handler.destroy();
    }
  }

  // WebConnection promises no more than that closing may fail somehow.
  @SuppressWarnings("try")
  private static final class Measured implements WebConnection {
    private final WebConnection connection;
    private final ConnectionGuard guard;
    private final GuardedInput in;
    private final ServletOutputStream out;

    Measured(WebConnection connection, ConnectionGuard guard) throws IOException {
      this.connection = connection;
      this.guard = guard;
      this.in = new GuardedInput(connection.getInputStream(), guard);
      this.out = new GuardedOutput(connection.getOutputStream(), guard);
    }

    @Override
    public ServletInputStream getInputStream() {
      return in;
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return out;
    }

    @Override
    public void close() throws Exception {
      if (!guard.putOff(this::closeNow)) {
        connection.close();
      }
    }

    private void closeNow() {
      try {
        connection.close();
      } catch (Exception e) {
        LOG.log(Level.TRACE, "A connection was closed already", e);
      }
    }
  }
}
