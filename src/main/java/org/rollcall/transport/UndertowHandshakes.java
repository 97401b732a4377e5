package org.rollcall.transport;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.BoundedExecutor;

/**
 * The handshakes on Undertow, which wait for a few threads of their own.
 *
 * <p>Undertow 2.3 carries out requests and the messages of WebSockets on the same threads, in the
 * order in which they come. When thousands of clients connect at one moment, a heartbeat waits
 * behind all of their handshakes, longer than a client waits for the answer. So two handshakes for
 * each core are carried out at a time. Where a deployment is not as expected, nothing changes. See
 * ADR 0023.
 *
 * <p>By reflection, as {@link UndertowConnection}. Called by Undertow's I/O threads, which it never
 * holds up.
 */
public final class UndertowHandshakes {
  private static final Logger LOG = System.getLogger(UndertowHandshakes.class.getName());

  /** One more is answered with an error; a node has fewer connections. */
  private static final int MOST_WAITING = 1 << 16;

  private final Class<?> handlerType;
  private final Object next;
  private @Nullable Executor executor;

  private UndertowHandshakes(Class<?> handlerType, Object next) {
    this.handlerType = handlerType;
    this.next = next;
  }

  /** Adds a handler to a WAR that is about to start. Does nothing on another server. */
  public static void addTo(ServletContext context) {
    @Nullable Method getDeployment = UndertowConnection.method(context.getClass(), "getDeployment");
    if (getDeployment == null) {
      return;
    }
    try {
      Object deployment =
          UndertowConnection.call(getDeployment.invoke(context), "getDeploymentInfo");
      Method add =
          UndertowConnection.needed(deployment.getClass(), "addInitialHandlerChainWrapper");
      Class<?> wrapperType = add.getParameterTypes()[0];
      Class<?> handlerType = UndertowConnection.needed(wrapperType, "wrap").getReturnType();
      add.invoke(
          deployment,
          proxy(wrapperType, handler -> new UndertowHandshakes(handlerType, handler).handler()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.INFO,
          "Undertow's handlers are not found: heartbeats wait behind handshakes. {0}",
          e.toString());
    }
  }

  /** A method with one argument. */
  private interface Call {
    @Nullable Object with(Object argument) throws Throwable;
  }

  /** Returns an object whose one method is this call. */
  private static Object proxy(Class<?> type, Call call) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (any, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> any == arguments[0];
              case "hashCode" -> System.identityHashCode(any);
              case "toString" -> "Rollcall's handshakes";
              default -> call.with(arguments[0]);
            });
  }

  private Object handler() {
    return proxy(
        handlerType,
        exchange -> {
          try {
            handle(exchange);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
          return null;
        });
  }

  private void handle(Object exchange) throws ReflectiveOperationException {
    if (PhoenixEndpoint.ADDRESS.equals(UndertowConnection.call(exchange, "getRelativePath"))) {
      exchange
          .getClass()
          .getMethod("dispatch", Executor.class, handlerType)
          .invoke(exchange, executor(exchange), next);
    } else {
      handlerType.getMethod("handleRequest", exchange.getClass()).invoke(next, exchange);
    }
  }

  private synchronized Executor executor(Object exchange) throws ReflectiveOperationException {
    Executor known = executor;
    if (known == null) {
      Object connection = UndertowConnection.call(exchange, "getConnection");
      Executor worker = (Executor) UndertowConnection.call(connection, "getWorker");
      int most = 2 * Runtime.getRuntime().availableProcessors();
      known = new BoundedExecutor(worker, most, MOST_WAITING);
      executor = known;
    }
    return known;
  }
}
