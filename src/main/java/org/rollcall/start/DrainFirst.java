package org.rollcall.start;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * Puts {@link Drain} behind every other listener, so that it is the first to hear of the end:
 * Undertow 2.3 closes all WebSocket sessions, with 1001 and at once, in a listener of its own that
 * comes after those that are declared.
 */
public final class DrainFirst implements ServletContainerInitializer {
  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    context.addListener(Drain.class);
  }
}
