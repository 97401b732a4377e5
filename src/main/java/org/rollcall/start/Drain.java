package org.rollcall.start;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Stops the node at the first word of an undeployment, while the container can still send: on
 * Payara that is here, before CDI's own events. WildFly has closed its sessions with 1001 by then.
 */
@WebListener
public class Drain implements ServletContextListener {
  @Inject private Wiring wiring;

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    wiring.end();
  }
}
