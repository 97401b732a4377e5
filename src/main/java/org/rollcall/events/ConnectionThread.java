package org.rollcall.events;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import java.util.concurrent.Executor;

/**
 * Finds the thread on which a container ends an answer without a word.
 *
 * <p>Undertow 2.3 logs an error for each client that has gone, if its answer is ended on another
 * thread than the one that reads and writes its connection. By reflection, as no class of Undertow
 * may be named in a WAR that runs on Payara too; where that finds nothing, the caller's thread does
 * it.
 */
final class ConnectionThread {
  private ConnectionThread() {}

  /** Returns what runs tasks on the thread of a request's connection. */
  static Executor of(ServletRequest request) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    try {
      Object exchange = call(own, "getExchange");
      return call(exchange, "getIoThread") instanceof Executor thread ? thread : Runnable::run;
    } catch (ReflectiveOperationException | RuntimeException otherServer) {
      return Runnable::run;
    }
  }

  private static Object call(Object target, String name) throws ReflectiveOperationException {
    return target.getClass().getMethod(name).invoke(target);
  }
}
