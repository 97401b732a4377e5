package org.rollcall.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.FriendSource;
import org.rollcall.RoomAccess;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;

class ApplicationBeansTest {
  private static final FriendSource FRIENDS = user -> Set.of("bob");
  private static final RoomAccess ROOMS = join -> true;

  /** Beans as a container hands them out. */
  @SuppressWarnings("unchecked")
  private static <T> Instance<T> instance(List<?> beans) {
    return (Instance<T>)
        Proxy.newProxyInstance(
            ApplicationBeansTest.class.getClassLoader(),
            new Class<?>[] {Instance.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isUnsatisfied" -> beans.isEmpty();
                  case "isResolvable" -> beans.size() == 1;
                  case "get" -> beans.get(0);
                  case "stream" -> beans.stream();
                  case "select" ->
                      instance(beans.stream().filter(type(arguments)::isInstance).toList());
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Class<?> type(Object[] arguments) {
    return (Class<?>) arguments[0];
  }

  private static ApplicationBeans beans(Object... beans) {
    Settings settings =
        Settings.read(name -> Optional.ofNullable(Map.of("rollcall.friends", "cdi").get(name)));
    return new ApplicationBeans(instance(List.of(beans)), settings);
  }

  @Test
  void theOneSourceOfFriendsIsAsked() throws Exception {
    try (ApplicationBeans one = beans(FRIENDS, ROOMS)) {
      assertThat(one.friends().friends("ada")).containsExactly("bob");
      assertThat(one.rooms().orElseThrow().mayJoin(new RoomAccess.Join("room:1", "a", Set.of())))
          .isTrue();
    }
  }

  @Test
  void aStartWithoutASourceOfFriendsOrWithTwoFailsWithOneSentence() {
    String expected =
        "rollcall.friends: expected one bean of the application that implements"
            + " org.rollcall.FriendSource, as it is cdi, but got ";
    try (ApplicationBeans none = beans(ROOMS);
        ApplicationBeans two = beans(FRIENDS, (FriendSource) user -> Set.of())) {
      assertThatThrownBy(none::friends)
          .isInstanceOf(WrongSetting.class)
          .hasMessage(expected + "none");
      assertThatThrownBy(two::friends).isInstanceOf(WrongSetting.class).hasMessage(expected + "2");
      assertThat(two.rooms()).isEmpty();
    }
  }

  @Test
  void aStartWithTwoDecisionsAboutRoomsFailsWithOneSentence() {
    try (ApplicationBeans two = beans(ROOMS, (RoomAccess) join -> false)) {
      assertThatThrownBy(two::rooms)
          .isInstanceOf(WrongSetting.class)
          .hasMessage(
              "org.rollcall.RoomAccess: expected at most one bean of the application, but got 2");
    }
  }
}
