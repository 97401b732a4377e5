package org.rollcall.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

/**
 * Listens for WildFly's notice that it suspends, which it also sends before it ends, and for the
 * notice that it resumes.
 *
 * <p>WildFly 39 closes all WebSocket connections when it suspends, many at a time and with 1001,
 * before it tells the WAR: by then clients may be back on other nodes, which know nothing yet. Its
 * management bean reports the new state first, and waits until its listeners have returned. Servers
 * without such a bean call the WAR before they close connections.
 *
 * <p>Called by the threads of the server that suspend and resume it, one at a time.
 */
final class WildFlySuspendListener implements NotificationListener, AutoCloseable {
  private static final Logger LOG = System.getLogger(WildFlySuspendListener.class.getName());
  private static final String BEAN = "jboss.root:type=state";
  private static final String ATTRIBUTE = "RunningState";

  private final Runnable suspend;
  private final Runnable resume;

  /**
   * Begins to listen, if the server sends such notices.
   *
   * @param suspend is called before the server suspends, and holds it up
   * @param resume is called before the server goes on, and at other times without need
   */
  WildFlySuspendListener(Runnable suspend, Runnable resume) {
    this.suspend = suspend;
    this.resume = resume;
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      if (beans.isRegistered(bean())) {
        beans.addNotificationListener(bean(), this, null, null);
      }
    } catch (JMException e) {
      LOG.log(Level.WARNING, "The server sends no notice before it stops", e);
    }
  }

  private static ObjectName bean() throws MalformedObjectNameException {
    return new ObjectName(BEAN);
  }

  @Override
  public void handleNotification(Notification notification, Object none) {
    if (notification instanceof AttributeChangeNotification change
        && change.getAttributeName().equals(ATTRIBUTE)) {
      // The server's own enum, sent as a text.
      state(String.valueOf(change.getNewValue()).toLowerCase(Locale.ROOT));
    }
  }

  private void state(String state) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(WildFlySuspendListener.class.getClassLoader());
    try {
      switch (state) {
        case "suspending" -> suspend.run();
        case "normal" -> resume.run();
        default -> LOG.log(Level.TRACE, "The server is {0}", state);
      }
    } catch (RuntimeException | Error e) {
      // The server would not suspend, or end.
      LOG.log(Level.ERROR, "The node did not follow the server, which is " + state, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Stops listening. */
  @Override
  public void close() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    try {
      if (beans.isRegistered(bean())) {
        beans.removeNotificationListener(bean(), this);
      }
    } catch (JMException e) {
      LOG.log(Level.DEBUG, "The server does not know this listener any more", e);
    }
  }
}
