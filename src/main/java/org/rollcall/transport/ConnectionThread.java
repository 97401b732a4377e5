package org.rollcall.transport;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.concurrent.Executor;

/**
 * Finds the thread on which a container writes without a warning in its log.
 *
 * <p>Undertow 2.3 logs an error for each client that has closed its connection, if the write that
 * fails was on another thread than the one that reads and writes its connection. By reflection, as
 * no class of Undertow may be named in a WAR that runs on Payara too.
 */
public final class ConnectionThread {
  private ConnectionThread() {}

  /**
   * Returns what runs tasks on the thread of a request's connection.
   *
   * @param other what is returned where a container's connections have no thread
   */
  public static Executor of(ServletRequest request, Executor other) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    try {
      Object exchange = call(own, "getExchange");
      return call(exchange, "getIoThread") instanceof Executor thread ? thread : other;
    } catch (ReflectiveOperationException | RuntimeException otherServer) {
      return other;
    }
  }

  private static Object call(Object target, String name) throws ReflectiveOperationException {
    return target.getClass().getMethod(name).invoke(target);
  }
}
