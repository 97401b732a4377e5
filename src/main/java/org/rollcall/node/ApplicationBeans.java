package org.rollcall.node;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.rollcall.FriendSource;
import org.rollcall.RoomAccess;
import org.rollcall.cdi.ApplicationCalls;
import org.rollcall.cdi.ApplicationFriends;
import org.rollcall.cdi.ApplicationRooms;
import org.rollcall.config.FriendSettings;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;
import org.rollcall.social.friends.FriendDirectory;

/**
 * The beans of the application that Rollcall asks: the source of friends, and who may join rooms.
 *
 * <p>Made on the thread that deploys, whose context (class loader, {@code java:comp}) the calls to
 * the beans have.
 */
final class ApplicationBeans implements AutoCloseable {
  private static final Logger LOG = System.getLogger("org.rollcall");

  /** As many as threads may ask for friends at once. */
  private static final int FRIEND_THREADS = 16;

  private static final int ROOM_THREADS = 8;

  private final Instance<Object> all;
  private final Settings settings;
  private final Executor inContext = inContext();
  private final ApplicationCalls friendCalls =
      new ApplicationCalls("friends", FRIEND_THREADS, inContext);
  private final ApplicationObservers observers = new ApplicationObservers(inContext);
  private final ApplicationCalls roomCalls = new ApplicationCalls("rooms", ROOM_THREADS, inContext);

  /**
   * Creates one that has not looked for a bean yet.
   *
   * @param all all beans that the application may have
   */
  ApplicationBeans(Instance<Object> all, Settings settings) {
    this.all = all;
    this.settings = settings;
    boolean ignored = settings.friends().kind() != FriendSettings.Kind.CDI;
    if (ignored && !all.select(FriendSource.class).isUnsatisfied()) {
      LOG.log(
          Level.WARNING,
          "The application has a bean of org.rollcall.FriendSource, which is not asked:"
              + " rollcall.friends is not cdi");
    }
  }

  /** Returns the server's context service, if it has one as specified. */
  @SuppressWarnings("BanJNDI") // the name is fixed
  private static Executor inContext() {
    Executor direct = Runnable::run;
    try {
      ContextService service = InitialContext.doLookup("java:comp/DefaultContextService");
      return service.createContextualProxy(direct, Executor.class);
    } catch (NamingException | RuntimeException e) {
      LOG.log(Level.DEBUG, "The application's beans are called without java:comp", e);
      return direct;
    }
  }

  /**
   * Returns the source of friends.
   *
   * @throws WrongSetting if there is none, or are two
   */
  FriendDirectory friends() {
    Instance<FriendSource> beans = all.select(FriendSource.class);
    if (!beans.isResolvable()) {
      throw new WrongSetting(
          "rollcall.friends",
          "one bean of the application that implements org.rollcall.FriendSource, as it is cdi",
          number(beans));
    }
    return new ApplicationFriends(beans.get(), friendCalls, settings.friends().limits());
  }

  /**
   * Returns the bean that decides which users may join rooms, if the application has one.
   *
   * @throws WrongSetting if there are two
   */
  Optional<RoomAccess> rooms() {
    Instance<RoomAccess> beans = all.select(RoomAccess.class);
    if (beans.isUnsatisfied()) {
      return Optional.empty();
    }
    if (!beans.isResolvable()) {
      throw new WrongSetting(
          "org.rollcall.RoomAccess", "at most one bean of the application", number(beans));
    }
    return Optional.of(
        new ApplicationRooms(beans.get(), roomCalls, settings.channels().rooms().timeout()));
  }

  private static String number(Instance<?> beans) {
    return beans.isUnsatisfied() ? "none" : "" + beans.stream().count();
  }

  /**
   * Begins to send changes of a node to the beans that observe them; costs nothing if none does.
   */
  void observe(Node node) {
    observers.observe(node, settings.channels().counting().interval());
  }

  /** Stops calling the beans. */
  @Override
  public void close() {
    observers.close();
    friendCalls.close();
    roomCalls.close();
  }
}
