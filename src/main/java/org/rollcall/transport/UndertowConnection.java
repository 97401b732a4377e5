package org.rollcall.transport;

import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Undertow 2.3's own connection beneath a WebSocket session: it feeds a {@link ConnectionGuard}, as
 * {@link GuardedUpgrade} does on Payara.
 *
 * <p>By reflection, as a WAR that runs on Payara too may name no class of Undertow. Where that
 * fails, the log says so once, and connections are as the server alone keeps them.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class UndertowConnection {
  private static final Logger LOG = System.getLogger(UndertowConnection.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private UndertowConnection() {}

  /**
   * Connects a guard: it reads the input, can end the TCP connection, and is called when the
   * connection ends. Does nothing on another server. Called before anything is read.
   */
  static void measure(Session session, ConnectionGuard guard) {
    @Nullable Method undertow = Reflection.method(session.getClass(), "getWebSocketChannel");
    if (undertow == null) {
      return;
    }
    try {
      Object channel = undertow.invoke(session);
      UndertowSource.putOn(channel, new FrameMeter(guard::received));
      guard.abortBy(() -> abort(channel));
      whenClosed(channel, guard::ended);
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "Undertow's connection is not found: a reload of a page by phoenix.js looks like a"
                + " log-off, and pings are not counted; put a proxy in front",
            e);
      }
    }
  }

  private static void abort(Object channel) {
    try {
      ((Closeable) channel).close();
    } catch (IOException closed) {
      LOG.log(Level.TRACE, "A connection was closed already", closed);
    }
  }

  private static void whenClosed(Object channel, Runnable then)
      throws ReflectiveOperationException {
    Method add = Reflection.needed(channel.getClass(), "addCloseTask");
    Class<?> listener = add.getParameterTypes()[0];
    Object task =
        Proxy.newProxyInstance(
            listener.getClassLoader(),
            new Class<?>[] {listener},
            (proxy, method, arguments) -> {
              return switch (method.getName()) {
                case "handleEvent" -> {
                  then.run();
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "a connection's end";
              };
            });
    add.invoke(channel, task);
  }
}
