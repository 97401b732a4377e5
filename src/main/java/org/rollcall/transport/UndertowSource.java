package org.rollcall.transport;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The source of bytes beneath one WebSocket of Undertow: measures what is read, and has another
 * thread close a connection whose client is gone.
 *
 * <p>An I/O thread of XNIO 3.8 that closes a connection itself asks the operating system for all
 * connections that are ready, each time. When thousands of clients are lost at one moment, their
 * connections are ready at once, and a heartbeat waits for seconds. See ADR 0023.
 *
 * <p>Called by the connection's I/O thread.
 */
final class UndertowSource implements InvocationHandler {
  private static final Logger LOG = System.getLogger(UndertowSource.class.getName());

  private final Object conduit;
  private final FrameMeter meter;
  private final Closeable connection;
  private final Executor closing;
  private boolean over;

  private UndertowSource(Object conduit, FrameMeter meter, Closeable connection, Executor closing) {
    this.conduit = conduit;
    this.meter = meter;
    this.connection = connection;
    this.closing = closing;
  }

  /** Puts one on top of the conduits through which Undertow reads. */
  static void putOn(Object channel, FrameMeter meter) throws ReflectiveOperationException {
    Object connection = Reflection.call(channel, "getUnderlyingConnection");
    Object source = Reflection.call(connection, "getSourceChannel");
    Method replace = Reflection.needed(source.getClass(), "setConduit");
    Class<?> type = replace.getParameterTypes()[0];
    InvocationHandler above =
        new UndertowSource(
            Reflection.call(source, "getConduit"),
            meter,
            (Closeable) connection,
            (Executor) Reflection.call(channel, "getWorker"));
    replace.invoke(
        source, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, above));
  }

  @Override
  public @Nullable Object invoke(Object any, Method method, @Nullable Object[] arguments)
      throws Throwable {
    // A null array if there are no arguments.
    boolean reading =
        arguments != null && arguments.length == 1 && arguments[0] instanceof ByteBuffer;
    try {
      return reading ? read(method, (ByteBuffer) arguments[0]) : method.invoke(conduit, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private int read(Method method, ByteBuffer bytes) throws ReflectiveOperationException {
    if (over) {
      return 0;
    }
    int begin = bytes.position();
    try {
      int count = (int) method.invoke(conduit, bytes);
      // Undertow reads again once it has taken the frames that it holds already.
      if (count >= 0 || begin > 0) {
        return count;
      }
    } catch (InvocationTargetException e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    } finally {
      meter.read(bytes.duplicate().flip().position(begin));
    }
    end();
    return 0;
  }

  private void end() throws ReflectiveOperationException {
    over = true;
    try {
      closing.execute(this::close);
    } catch (RejectedExecutionException stopping) {
      close();
    }
    Reflection.call(conduit, "suspendReads");
  }

  private void close() {
    try {
      connection.close();
    } catch (IOException closed) {
      LOG.log(Level.TRACE, "A connection was closed already", closed);
    }
  }
}
