package org.rollcall.transport;

import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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

  /** A handshake looks up seven methods; a class copies all of its methods for each look-up. */
  private static final ConcurrentMap<Lookup, Optional<Method>> METHODS = new ConcurrentHashMap<>();

  private record Lookup(Class<?> type, String name) {}

  private UndertowConnection() {}

  /**
   * Connects a guard: it reads the input, can end the TCP connection, and is called when the
   * connection ends. Does nothing on another server. Called before anything is read.
   */
  static void measure(Session session, ConnectionGuard guard) {
    @Nullable Method undertow = method(session.getClass(), "getWebSocketChannel");
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
    Method add = needed(channel.getClass(), "addCloseTask");
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

  static Object call(Object target, String name) throws ReflectiveOperationException {
    Method method = needed(target.getClass(), name);
    method.setAccessible(true);
    return method.invoke(target);
  }

  static Method needed(Class<?> type, String name) throws NoSuchMethodException {
    @Nullable Method found = method(type, name);
    if (found == null) {
      throw new NoSuchMethodException(type + "." + name);
    }
    return found;
  }

  static @Nullable Method method(Class<?> type, String name) {
    return METHODS.computeIfAbsent(new Lookup(type, name), UndertowConnection::find).orElse(null);
  }

  private static Optional<Method> find(Lookup lookup) {
    for (Class<?> each = lookup.type(); each != null; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.getName().equals(lookup.name())) {
          return Optional.of(method);
        }
      }
    }
    return Optional.empty();
  }
}
