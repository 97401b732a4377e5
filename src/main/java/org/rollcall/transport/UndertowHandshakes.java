package org.rollcall.transport;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The handshakes on Undertow, a few of which are carried out at a time.
 *
 * <p>Undertow 2.3 carries out requests and the messages of WebSockets on the same threads, in the
 * order in which they come. When thousands of clients connect at one moment, a heartbeat waits
 * behind all of their handshakes, longer than a client waits for the answer. So handshakes wait for
 * each other in a {@link HandshakeExecutor}. Where a deployment is not as expected, nothing
 * changes. See ADR 0023.
 *
 * <p>By reflection, as {@link UndertowConnection}. Called by Undertow's I/O threads, which it never
 * holds up.
 */
public final class UndertowHandshakes {
  private static final Logger LOG = System.getLogger(UndertowHandshakes.class.getName());

  private final Undertow undertow;
  private final Object next;
  private @Nullable Executor executor;

  private UndertowHandshakes(Undertow undertow, Object next) {
    this.undertow = undertow;
    this.next = next;
  }

  /** Adds a handler to a WAR that is about to start. Does nothing on another server. */
  public static void addTo(ServletContext context) {
    @Nullable Method getDeployment = Reflection.method(context.getClass(), "getDeployment");
    if (getDeployment == null) {
      return;
    }
    try {
      Object deployment = Reflection.call(getDeployment.invoke(context), "getDeploymentInfo");
      Method add = Reflection.needed(deployment.getClass(), "addInitialHandlerChainWrapper");
      Class<?> wrapperType = add.getParameterTypes()[0];
      Undertow undertow = new Undertow(Reflection.needed(wrapperType, "wrap").getReturnType());
      add.invoke(
          deployment,
          proxy(wrapperType, handler -> new UndertowHandshakes(undertow, handler).handler()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.INFO,
          "Undertow's handlers are not found: heartbeats wait behind handshakes. {0}",
          e.toString());
    }
  }

  /** The methods of Undertow that a handler needs, all of which are there. */
  private static final class Undertow {
    private final Class<?> handlerType;
    private final Method handle;
    private final Method path;
    private final Method headers;
    private final Method contains;
    private final Method dispatch;
    private final Method connection;
    private final Method worker;

    Undertow(Class<?> handlerType) throws ReflectiveOperationException {
      this.handlerType = handlerType;
      handle = Reflection.needed(handlerType, "handleRequest");
      Class<?> exchange = handle.getParameterTypes()[0];
      path = exchange.getMethod("getRelativePath");
      headers = exchange.getMethod("getRequestHeaders");
      contains = headers.getReturnType().getMethod("contains", String.class);
      dispatch = exchange.getMethod("dispatch", Executor.class, handlerType);
      connection = exchange.getMethod("getConnection");
      worker = connection.getReturnType().getMethod("getWorker");
      if (!Executor.class.isAssignableFrom(worker.getReturnType())) {
        throw new NoSuchMethodException("an executor that is " + worker.getReturnType());
      }
    }

    boolean isHandshake(Object exchange) throws ReflectiveOperationException {
      return PhoenixEndpoint.ADDRESS.equals(path.invoke(exchange))
          && (boolean) contains.invoke(headers.invoke(exchange), "Upgrade");
    }

    Executor worker(Object exchange) throws ReflectiveOperationException {
      return (Executor) worker.invoke(connection.invoke(exchange));
    }

    void handle(Object handler, Object exchange) throws ReflectiveOperationException {
      handle.invoke(handler, exchange);
    }

    void dispatch(Object exchange, Executor executor, Object handler)
        throws ReflectiveOperationException {
      dispatch.invoke(exchange, executor, handler);
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
        undertow.handlerType,
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
    if (undertow.isHandshake(exchange)) {
      undertow.dispatch(exchange, executor(undertow.worker(exchange)), next);
    } else {
      undertow.handle(next, exchange);
    }
  }

  private synchronized Executor executor(Executor worker) {
    Executor known = executor;
    if (known == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      HandshakeExecutor.Threads threads = HandshakeExecutor.Threads.of(cores, threads(worker));
      known = new HandshakeExecutor(worker, threads, System::nanoTime);
      executor = known;
    }
    return known;
  }

  /** Returns how many threads the server has for requests and messages. */
  private static int threads(Executor worker) {
    try {
      Object numbers = Reflection.call(worker, "getMXBean");
      return (int) Reflection.call(numbers, "getMaxWorkerPoolSize");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The number of the server's threads is not found", e);
      return 16;
    }
  }
}
