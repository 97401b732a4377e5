package org.rollcall.transport;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The TCP connection beneath a request, found by reflection, because a WAR for two servers may name
 * no class of either. If it is not found, the server ends it in its own time.
 */
public final class RequestConnection {
  private static final Logger LOG = System.getLogger(RequestConnection.class.getName());

  private RequestConnection() {}

  /** Returns an action that ends the connection of a request at once, by any thread. */
  public static Runnable abort(HttpServletRequest request) {
    if (GrizzlyConnection.isBeneath(request)) {
      return GrizzlyConnection.of(request)
          .<Runnable>map(connection -> connection::abort)
          .orElse(() -> {});
    }
    return undertow(request);
  }

  private static Runnable undertow(ServletRequest request) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    try {
      Object exchange = own.getClass().getMethod("getExchange").invoke(own);
      Object connection = exchange.getClass().getMethod("getConnection").invoke(exchange);
      return connection instanceof Closeable closeable ? () -> close(closeable) : () -> {};
    } catch (ReflectiveOperationException | RuntimeException otherServer) {
      return () -> {};
    }
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException closed) {
      LOG.log(Level.TRACE, "A connection was closed already", closed);
    }
  }
}
