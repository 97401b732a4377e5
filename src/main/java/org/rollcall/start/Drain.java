package org.rollcall.start;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Stops the node at the first word of an undeployment, while the container can still send: before
 * CDI's own events, and before the container closes its sessions. {@link DrainFirst} registers it.
 */
public class Drain implements ServletContextListener {
  @Inject private Wiring wiring;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    wiring.end();
  }
}
