package org.rollcall.transport;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The request beneath a handshake on Undertow 2.3. The server's connection refers to the listener
 * that upgraded it, which refers to the whole request, with headers, cookies and the client's
 * token: some 5 KB for as long as the connection lives.
 *
 * <p>By reflection, as {@link UndertowConnection}. Where that fails, the log says so once, and the
 * server keeps its requests. Safe for many threads; no call blocks.
 */
final class UndertowRequest {
  private static final Logger LOG = System.getLogger(UndertowRequest.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private UndertowRequest() {}

  /**
   * Returns an action that has the connection forget the request. It must run after the connection
   * was upgraded. On another server it does nothing.
   */
  static Runnable release(ServletRequest request) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    if (Reflection.method(own.getClass(), "getExchange") == null) {
      return UndertowRequest::nothing;
    }
    try {
      Object exchange = Reflection.call(own, "getExchange");
      Object connection = Reflection.call(exchange, "getConnection");
      Method listener = Reflection.needed(connection.getClass(), "setUpgradeListener");
      listener.setAccessible(true);
      return () -> forget(connection, listener);
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn(e);
      return UndertowRequest::nothing;
    }
  }

  private static void nothing() {}

  private static void forget(Object connection, Method listener) {
    try {
      Object unused = listener.invoke(connection, new @Nullable Object[] {null});
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn(e);
    }
  }

  private static void warn(Exception e) {
    if (WARNED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "Undertow's request is not found: each connection keeps its handshake in memory",
          e);
    }
  }
}
