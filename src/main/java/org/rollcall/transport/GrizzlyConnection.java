package org.rollcall.transport;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Payara 6's own connection beneath a request, reached by public methods of Catalina and Grizzly
 * that no specification promises. If one is missing, the log says so once, and connections are as
 * the server alone keeps them.
 *
 * <p>Two are equal if they are the same TCP connection. Safe for many threads; no call blocks.
 */
final class GrizzlyConnection implements SlowReads.Connection {
  private static final Logger LOG = System.getLogger(GrizzlyConnection.class.getName());
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Object connection;

  private GrizzlyConnection(Object connection) {
    this.connection = connection;
  }

  /** Returns whether Payara's own connection is beneath a request. */
  static boolean isBeneath(ServletRequest request) {
    return innermost(request).getClass().getName().startsWith("org.apache.catalina.");
  }

  private static ServletRequest innermost(ServletRequest request) {
    ServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper) {
      inner = wrapper.getRequest();
    }
    return inner;
  }

  /** Finds the connection of a request. */
  static Optional<GrizzlyConnection> of(ServletRequest request) {
    try {
      Object catalina = call(innermost(request), "getUnwrappedCoyoteRequest");
      Object context = call(call(catalina, "getCoyoteRequest"), "getContext");
      return Optional.of(new GrizzlyConnection(call(context, "getConnection")));
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn("Grizzly's connection is not found", e);
      return Optional.empty();
    }
  }

  /**
   * Limits the bytes that wait to be written. At the limit the stream is not ready, or the thread
   * that writes waits. The default is four times the kernel's buffer, on loopback 10 MB.
   */
  @Override
  public void limitUnsent(int bytes) {
    try {
      connection
          .getClass()
          .getMethod("setMaxAsyncWriteQueueSize", int.class)
          .invoke(connection, bytes);
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn("Grizzly's connection takes no bound of what waits to be written", e);
    }
  }

  @Override
  public int unsent() {
    try {
      return (int) call(call(connection, "getAsyncWriteQueue"), "spaceInBytes");
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn("Grizzly's connection does not say what waits to be written", e);
      return 0;
    }
  }

  @Override
  public void abort() {
    try {
      call(connection, "terminateSilently");
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn("Grizzly's connection cannot be ended", e);
    }
  }

  @Override
  public boolean whenClosed(Runnable task) {
    try {
      ClassLoader loader = connection.getClass().getClassLoader();
      Class<?> listener = Class.forName("org.glassfish.grizzly.CloseListener", false, loader);
      Object told =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {listener},
              (self, method, arguments) -> told(self, method, arguments, task));
      connection.getClass().getMethod("addCloseListener", listener).invoke(connection, told);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      warn("Grizzly's connection does not tell when it is over", e);
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GrizzlyConnection that && that.connection == connection;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(connection);
  }

  private static @Nullable Object told(
      Object self, Method method, @Nullable Object[] arguments, Runnable task) {
    return switch (method.getName()) {
      case "onClosed" -> {
        task.run();
        yield null;
      }
      case "equals" -> arguments[0] == self;
      case "hashCode" -> System.identityHashCode(self);
      default -> "what tells that TCP is over";
    };
  }

  private static Object call(Object on, String method)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    Object result = on.getClass().getMethod(method).invoke(on);
    return result == null ? on : result;
  }

  /** Logs once which part differs from Payara 6. */
  static void warn(String what, Exception cause) {
    if (WARNED.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          what
              + ": this server bounds neither what waits for a client that does not read nor what"
              + " a client sends in one frame as Rollcall would; put a proxy in front ("
              + cause
              + ")");
    }
  }
}
