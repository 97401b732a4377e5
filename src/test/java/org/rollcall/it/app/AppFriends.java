package org.rollcall.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.rollcall.FriendSource;
import org.rollcall.FriendsUnavailable;

/** The friends of the tests' application. A user's name says how the bean behaves. */
@ApplicationScoped
public class AppFriends implements FriendSource {
  private final Map<String, Set<String>> friends = new ConcurrentHashMap<>();

  String befriend(String user, Set<String> others) {
    friends.put(user, others);
    return "ok";
  }

  @Override
  public Set<String> friends(String user) throws FriendsUnavailable {
    if (user.endsWith("-throws")) {
      throw new IllegalStateException("as the test asked");
    }
    if (user.endsWith("-unavailable")) {
      throw new FriendsUnavailable("as the test asked", null);
    }
    if (user.endsWith("-hangs")) {
      hang();
    }
    if (user.endsWith("-names")) {
      requireNames();
    }
    if (user.endsWith("-names") || user.endsWith("-classes")) {
      requireClasses();
    }
    return friends.getOrDefault(user, Set.of());
  }

  /** Until it is interrupted. */
  static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireClasses() throws FriendsUnavailable {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class.forName(AppFriends.class.getName(), false, loader);
    } catch (ClassNotFoundException e) {
      throw new FriendsUnavailable("no classes", e);
    }
  }

  @SuppressWarnings("BanJNDI") // the name is fixed
  private static void requireNames() throws FriendsUnavailable {
    try {
      InitialContext.doLookup("java:comp/BeanManager");
    } catch (NamingException e) {
      throw new FriendsUnavailable("no names", e);
    }
  }
}
