package org.rollcall.transport;

import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of this WAR's WebSocket container, if the container is Tyrus.
 *
 * <p>Payara captures the caller's context for each task of its managed scheduler, and looks for
 * service files each time: half of the time that a diff takes. So Tyrus gets {@link IdleTimeouts}
 * for this deployment. Where the field is missing, nothing changes. See ADR 0021.
 *
 * @param container Tyrus's
 * @param field its scheduler
 * @param before the scheduler that it had
 * @param timeouts the scheduler that it has
 */
record TyrusScheduler(
    ServerContainer container,
    Field field,
    ScheduledExecutorService before,
    IdleTimeouts timeouts) {
  private static final Logger LOG = System.getLogger(TyrusScheduler.class.getName());
  private static final String TYRUS = "org.glassfish.tyrus.";
  private static final String FIELD = "managedScheduledExecutorService";

  /**
   * Gives sessions that open from now on a scheduler of Rollcall's own. Returns empty without
   * Tyrus, or if Tyrus has no scheduler of the server's.
   */
  static Optional<TyrusScheduler> replace(ServletContext context) {
    Object found = context.getAttribute(ServerContainer.class.getName());
    if (!(found instanceof ServerContainer container)
        || !container.getClass().getName().startsWith(TYRUS)) {
      return Optional.empty();
    }
    try {
      Field field = field(container.getClass());
      field.setAccessible(true);
      if (!(field.get(container) instanceof ScheduledExecutorService before)) {
        return Optional.empty();
      }
      IdleTimeouts timeouts = new IdleTimeouts();
      field.set(container, timeouts);
      return Optional.of(new TyrusScheduler(container, field, before, timeouts));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.INFO,
          "Tyrus keeps the scheduler of the server, and connections cost more: {0}",
          e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private static Field field(Class<?> type) throws NoSuchFieldException {
    @Nullable Class<?> each = type;
    while (each != null) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(FIELD)) {
          return field;
        }
      }
      each = each.getSuperclass();
    }
    throw new NoSuchFieldException(FIELD);
  }

  /** Puts the server's scheduler back, and drops the time-outs of sessions that are open still. */
  void close() {
    try {
      field.set(container, before);
    } catch (IllegalAccessException e) {
      LOG.log(Level.INFO, "Tyrus keeps a scheduler that has stopped: {0}", e.getMessage());
    }
    timeouts.shutdownNow();
  }
}
