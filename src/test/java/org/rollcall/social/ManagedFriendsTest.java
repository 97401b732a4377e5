package org.rollcall.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.FriendSettings;

/** Lists of friends up to the limit, which is three here, and past it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ManagedFriendsTest {
  private final JdbcDataSource database = new JdbcDataSource();
  private final ManagedFriends friends =
      new ManagedFriends(database, new FriendSettings.Limits(Duration.ofSeconds(5), 3));

  @BeforeEach
  void create() throws SQLException {
    database.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
    friends.createTable();
  }

  @Test
  void theLastFriendIsTakenAndTheNextIsRefused() throws Exception {
    for (String friend : List.of("a", "b", "b", "c", "c")) {
      friends.add("ada", friend);
    }
    assertThatThrownBy(() -> friends.add("ada", "d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at most 3 friends, but got 4");
    friends.add("ada", "a");
    friends.add("ben", "d");
    assertThat(friends.friends("ada")).containsExactlyInAnyOrder("a", "b", "c");
    friends.remove("ada", "a");
    friends.add("ada", "d");
    assertThat(friends.friends("ada")).containsExactlyInAnyOrder("b", "c", "d");
  }

  @Test
  void aListThatIsTooLongReplacesNothing() throws Exception {
    friends.replace("ada", List.of("a", "b", "c"));
    assertThatThrownBy(() -> friends.replace("ada", List.of("d", "e", "f", "g")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected at most 3 friends, but got 4");
    assertThat(friends.friends("ada")).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void thoseWhoAddAtTheSameMomentDoNotPassTheLimitTogether() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String user = "u" + round;
        friends.replace(user, List.of("a", "b"));
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
          String friend = "f" + i;
          threads.execute(
              () -> {
                try {
                  friends.add(user, friend);
                } catch (IllegalArgumentException | SQLException refused) {
                  // One of them may be taken.
                } finally {
                  done.countDown();
                }
              });
        }
        done.await();
        assertThat(friends.friends(user)).hasSizeBetween(2, 3);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anyNumberMaySeeAUserAndSoManyAreListed() throws Exception {
    for (String viewer : List.of("c", "a", "b")) {
      friends.add(viewer, "ada");
    }
    assertThat(friends.viewers("ada").ids()).containsExactly("a", "b", "c");
    assertThat(friends.viewers("ada").more()).isFalse();
    friends.add("d", "ada");
    assertThat(friends.viewers("ada").ids()).containsExactly("a", "b", "c");
    assertThat(friends.viewers("ada").more()).isTrue();
    assertThat(friends.viewers("nobody").ids()).isEmpty();
  }
}
