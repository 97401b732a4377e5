package org.rollcall.node;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Stops the node at the first call of an undeployment, while the container can still send: before
 * CDI's own events, and before the container closes its sessions. {@link DrainInitializer}
 * registers it.
 */
public class DrainListener implements ServletContextListener {
  @Inject private NodeBeans nodeBeans;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    nodeBeans.end();
  }
}
