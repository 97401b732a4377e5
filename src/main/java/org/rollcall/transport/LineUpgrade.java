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
 * Line}.
 *
 * <p>Made by the container; {@link #between} follows before the connection begins.
 */
public final class LineUpgrade implements HttpUpgradeHandler {
  private static final Logger LOG = System.getLogger(LineUpgrade.class.getName());

  private @Nullable HttpUpgradeHandler handler;
  private @Nullable Line line;

  /** Creates one; the container calls it. */
  public LineUpgrade() {
    // Made by reflection.
  }

  /** Takes the handler and the line. */
  void between(HttpUpgradeHandler container, Line measured) {
    handler = container;
    line = measured;
  }

  @Override
  public void init(WebConnection connection) {
    HttpUpgradeHandler container = handler;
    Line measured = line;
    if (container == null || measured == null) {
      throw new IllegalStateException("A connection begins before its handler is known");
    }
    if (measured.isCut()) {
      // Too late: it is aborted.
      return;
    }
    measured.countAnswers();
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
    if (line != null) {
      line.released();
    }
    if (handler != null) {
      handler.destroy();
    }
  }

  // WebConnection promises no more than that closing may fail somehow.
  @SuppressWarnings("try")
  private static final class Measured implements WebConnection {
    private final WebConnection connection;
    private final Line line;
    private final LineInput in;
    private final ServletOutputStream out;

    Measured(WebConnection connection, Line line) throws IOException {
      this.connection = connection;
      this.line = line;
      this.in = new LineInput(connection.getInputStream(), line);
      this.out = new LineOutput(connection.getOutputStream(), line);
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
      if (!line.putOff(this::closeNow)) {
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
