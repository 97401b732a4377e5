package org.rollcall.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.FriendSource;
import org.rollcall.FriendsUnavailable;
import org.rollcall.RoomAccess;
import org.rollcall.config.FriendSettings;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApplicationCallsTest {
  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Runnable> inContext = new ArrayList<>();
  private final ApplicationCalls calls =
      new ApplicationCalls(
          "test",
          1,
          task -> {
            inContext.add(task);
            task.run();
          });
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    calls.close();
  }

  private ApplicationFriends friends(FriendSource bean, Duration timeout) {
    return new ApplicationFriends(bean, calls, new FriendSettings.Limits(timeout, 3));
  }

  private static void assertUnavailable(ApplicationFriends friends, String sentence) {
    assertThatThrownBy(() -> friends.friends("ada"))
        .isInstanceOf(FriendsUnavailable.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("ada");
  }

  @Test
  void theAnswerComesFromAThreadOfTheBeansOwnInItsContext() throws Exception {
    Set<String> threads = new HashSet<>();
    FriendSource bean =
        user -> {
          threads.add(Thread.currentThread().getName());
          return Set.of("bob", user + "2");
        };
    assertThat(friends(bean, LONG).friends("ada")).containsExactlyInAnyOrder("bob", "ada2");
    assertThat(threads).containsExactly("rollcall-test-1");
    assertThat(inContext).hasSize(1);
  }

  @Test
  void whateverABeanThrowsTheFriendsAreUnavailable() {
    assertUnavailable(
        friends(
            user -> {
              throw new IllegalStateException("no database");
            },
            LONG),
        "The application's FriendSource failed: java.lang.IllegalStateException: no database");
    assertUnavailable(
        friends(
            user -> {
              throw new AssertionError("an error");
            },
            LONG),
        "an error");
    assertUnavailable(
        friends(
            user -> {
              throw new FriendsUnavailable("the graph is down", null);
            },
            LONG),
        "the graph is down");
  }

  @Test
  @SuppressWarnings("NullAway") // a bean that breaks the contract
  void noAnswerANameThatIsNullAndTooManyFriendsAreUnavailable() {
    assertUnavailable(friends(user -> null, LONG), "expected a set of ids, but got null");
    Set<String> withNull = new HashSet<>();
    withNull.add(null);
    assertUnavailable(friends(user -> withNull, LONG), "NullPointerException");
    assertUnavailable(
        friends(user -> Set.of("1", "2", "3", "4"), LONG), "expected at most 3 friends");
  }

  @Test
  void aBeanThatHangsIsInterruptedAndItsThreadServesTheNextCall() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    assertUnavailable(
        friends(
            user -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return Set.of();
            },
            LIMIT),
        "expected an answer within PT0.1S (rollcall.friends.timeout)");
    interrupted.await();
    assertThat(friends(user -> Set.of("bob"), LONG).friends("ada")).containsExactly("bob");
  }

  @Test
  void aBeanThatIgnoresTheInterruptHoldsUpItsThreadButNoCaller() throws Exception {
    FriendSource stubborn =
        user -> {
          boolean ended = false;
          while (!ended) {
            try {
              end.await();
              ended = true;
            } catch (InterruptedException e) {
              // as a hostile bean would
            }
          }
          return Set.of();
        };
    assertUnavailable(friends(stubborn, LIMIT), "expected an answer within");
    assertUnavailable(friends(user -> Set.of("bob"), LIMIT), "expected an answer within");
    end.countDown();
    assertThat(friends(user -> Set.of("bob"), LONG).friends("ada")).containsExactly("bob");
  }

  @Test
  void aDecisionAboutARoomThatThrowsOrHangsIsNone() {
    RoomAccess.Join join = new RoomAccess.Join("room:1", "ada", Set.of("staff"));
    RoomAccess throwing =
        any -> {
          throw new Exception("no database");
        };
    assertThatThrownBy(() -> new ApplicationRooms(throwing, calls, LONG).mayJoin(join))
        .isInstanceOf(ExecutionException.class);
    RoomAccess hanging =
        any -> {
          end.await();
          return true;
        };
    assertThatThrownBy(() -> new ApplicationRooms(hanging, calls, LIMIT).mayJoin(join))
        .isInstanceOf(TimeoutException.class);
    assertThat(join).hasToString("Join");
  }

  @Test
  void nothingIsCalledAfterTheEnd() {
    calls.close();
    assertUnavailable(friends(user -> Set.of(), LONG), "expected an answer within");
  }
}
