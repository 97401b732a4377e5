package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.AttributeChangeNotification;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The notices of WildFly's state bean reach the node before the server goes on. */
class WildFlySuspendListenerTest {
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName name = name();
  private final State state = new State();
  private final List<String> heard = new ArrayList<>();
  private final List<WildFlySuspendListener> notices = new ArrayList<>();

  /** The name says to Java's management that {@link State} is a bean. */
  public interface StateMBean {}

  /** Reports changes as WildFly does. */
  public static final class State extends NotificationBroadcasterSupport implements StateMBean {
    void tell(String attribute, Object to) {
      sendNotification(
          new AttributeChangeNotification(this, 1, 1, "", attribute, "String", "before", to));
    }
  }

  private static ObjectName name() {
    try {
      return new ObjectName("jboss.root:type=state");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void register() throws JMException {
    beans.registerMBean(state, name);
  }

  @AfterEach
  void forget() throws JMException {
    notices.forEach(WildFlySuspendListener::close);
    if (beans.isRegistered(name)) {
      beans.unregisterMBean(name);
    }
  }

  private WildFlySuspendListener listen() {
    return listen(() -> heard.add("suspend"), () -> heard.add("resume"));
  }

  private WildFlySuspendListener listen(Runnable suspend, Runnable resume) {
    WildFlySuspendListener notice = new WildFlySuspendListener(suspend, resume);
    notices.add(notice);
    return notice;
  }

  @Test
  void itIsToldBeforeTheServerGoesOn() {
    listen();
    state.tell("RunningState", "suspending");
    assertThat(heard).containsExactly("suspend");
    state.tell("RunningState", "suspended");
    state.tell("RunningState", "normal");
    assertThat(heard).containsExactly("suspend", "resume");
  }

  @Test
  void theNodeIsToldWithItsOwnClassesAtHand() {
    ClassLoader servers = new ClassLoader(null) {};
    List<ClassLoader> loaders = new ArrayList<>();
    Runnable look = () -> loaders.add(Thread.currentThread().getContextClassLoader());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      listen(look, look);
      Thread.currentThread().setContextClassLoader(servers);
      state.tell("RunningState", "suspending");
      assertThat(loaders).containsExactly(WildFlySuspendListener.class.getClassLoader());
      assertThat(Thread.currentThread().getContextClassLoader()).isEqualTo(servers);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void otherChangesAreNotForIt() {
    listen();
    state.tell("RuntimeConfigurationState", "suspending");
    state.tell("RunningState", "stopping");
    assertThat(heard).isEmpty();
  }

  @Test
  void aClosedListenerGetsNoNotice() {
    listen().close();
    state.tell("RunningState", "suspending");
    assertThat(heard).isEmpty();
  }

  @Test
  void aNodeThatFailsDoesNotKeepTheServerFromSuspending() {
    Runnable failing =
        () -> {
          throw new AssertionError("Expected in this test");
        };
    listen(failing, failing);
    state.tell("RunningState", "suspending");
    state.tell("RunningState", "normal");
  }

  @Test
  void onServersThatTellNothingNothingHappens() throws JMException {
    beans.unregisterMBean(name);
    listen().close();
    assertThat(heard).isEmpty();
  }
}
