package org.rollcall.transport;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.rollcall.channel.ClientClose;

/**
 * Tells a close frame without a code, as phoenix.js sends it at every reload, from one with 1000.
 *
 * <p>Both servers report 1000 for either. Tyrus 2.1 adds a reason of its own to what had none.
 * Undertow 2.3 leaves no trace, so there the bytes are read along as the connection reads them. By
 * reflection, as no class of Undertow may be named in a WAR that runs on Payara too; where that
 * fails, a close without a code counts as 1000.
 */
final class CloseFrames {
  private static final Logger LOG = System.getLogger(CloseFrames.class.getName());
  private static final int NORMAL = 1000;
  private static final String TYRUS_WITHOUT_CODE = "Normal closure.";
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final ClientFrames frames;

  private CloseFrames(ClientFrames frames) {
    this.frames = frames;
  }

  /** Begins to read along a connection of which nothing has been read. */
  static CloseFrames of(Session session) {
    ClientFrames frames = new ClientFrames();
    @Nullable Method undertow = method(session.getClass(), "getWebSocketChannel");
    if (undertow != null) {
      try {
        readAlong(undertow.invoke(session), frames);
      } catch (ReflectiveOperationException | RuntimeException e) {
        if (WARNED.compareAndSet(false, true)) {
          LOG.log(Level.WARNING, "A reload of a page by phoenix.js will look like a log-off", e);
        }
      }
    }
    return new CloseFrames(frames);
  }

  /** Returns how the client closed the connection. */
  ClientClose close(CloseReason reported) {
    int code = reported.getCloseCode().getCode();
    String reason = reported.getReasonPhrase();
    boolean none =
        code == NORMAL && (frames.hasCloseWithoutCode() || reason.equals(TYRUS_WITHOUT_CODE));
    return none ? new ClientClose(ClientClose.NONE, "") : new ClientClose(code, reason);
  }

  /** Puts a conduit of our own on top of those through which Undertow reads. */
  private static void readAlong(Object channel, ClientFrames frames)
      throws ReflectiveOperationException {
    Object source = call(call(channel, "getUnderlyingConnection"), "getSourceChannel");
    Object below = call(source, "getConduit");
    Method replace = needed(source.getClass(), "setConduit");
    Class<?> conduit = replace.getParameterTypes()[0];
    Object above =
        Proxy.newProxyInstance(
            conduit.getClassLoader(),
            new Class<?>[] {conduit},
            (any, method, arguments) -> read(below, method, arguments, frames));
    replace.invoke(source, above);
  }

  private static @Nullable Object read(
      Object conduit, Method method, @Nullable Object[] arguments, ClientFrames frames)
      throws Throwable {
    // A null array if there are no arguments.
    ByteBuffer read =
        arguments != null && arguments.length == 1 && arguments[0] instanceof ByteBuffer buffer
            ? buffer
            : ByteBuffer.allocate(0);
    int begin = read.position();
    try {
      return method.invoke(conduit, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      frames.read(read.duplicate().flip().position(begin));
    }
  }

  private static Object call(Object target, String name) throws ReflectiveOperationException {
    Method method = needed(target.getClass(), name);
    method.setAccessible(true);
    return method.invoke(target);
  }

  private static Method needed(Class<?> type, String name) throws NoSuchMethodException {
    @Nullable Method found = method(type, name);
    if (found == null) {
      throw new NoSuchMethodException(type + "." + name);
    }
    return found;
  }

  private static @Nullable Method method(Class<?> type, String name) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (method.getName().equals(name)) {
          return method;
        }
      }
    }
    return null;
  }
}
