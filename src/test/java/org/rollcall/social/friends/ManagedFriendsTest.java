package org.rollcall.social.friends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.social.rules.RuleTable;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;

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
  void additionsAtTheSameMomentDoNotExceedTheLimit() throws Exception {
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

  @Test
  void ofListsThatArePutAtOnceOneStays() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 10; round++) {
        String user = "p" + round;
        List<List<String>> lists = List.of(List.of("a", "b"), List.of("b", "c"), List.of("d"));
        List<Future<?>> puts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          List<String> list = lists.get(i % 3);
          puts.add(
              threads.submit(
                  () -> {
                    friends.replace(user, list);
                    return true;
                  }));
        }
        for (Future<?> put : puts) {
          put.get();
        }
        assertThat(lists).anyMatch(list -> Set.copyOf(list).equals(found(user)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Set<String> found(String user) {
    try {
      return friends.friends(user);
    } catch (FriendsUnavailable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void idsAreToldApartToTheLetterWhereTheDatabaseDoesNot() throws Exception {
    execute(
        "drop table rollcall_friends",
        "create table rollcall_friends (user_id varchar_ignorecase(128) not null,"
            + " friend_id varchar_ignorecase(128) not null, primary key (user_id, friend_id))");
    friends.createTable();
    friends.replace("Ann", List.of("bob", "cy"));
    assertThat(friends.friends("ann")).isEmpty();
    friends.replace("ann", List.of());
    friends.remove("ann", "bob");
    friends.remove("Ann", "Bob");
    assertThat(friends.friends("Ann")).containsExactlyInAnyOrder("bob", "cy");
    friends.replace("ann", List.of("eve"));
    assertThat(friends.friends("ann")).containsExactly("eve");
    assertThat(friends.friends("Ann")).containsExactlyInAnyOrder("bob", "cy");
    friends.replace("ben", List.of("Ann"));
    assertThat(friends.viewers("Ann").ids()).containsExactly("ben");
    assertThat(friends.viewers("ann").ids()).isEmpty();
    friends.replace("Ann", List.of("BOB", "cy"));
    assertThat(friends.friends("Ann")).containsExactlyInAnyOrder("BOB", "cy");
  }

  @Test
  void aListThatTheDatabaseCannotHoldIsToldFromAFailure() throws Exception {
    execute(
        "drop table rollcall_friends",
        "create table rollcall_friends (user_id varchar_ignorecase(128) not null,"
            + " friend_id varchar_ignorecase(128) not null, primary key (user_id, friend_id))");
    friends.replace("ada", List.of("Bob"));
    assertThatThrownBy(() -> friends.replace("ada", List.of("Bob", "bob")))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(ManagedFriends.isTakenForAnother(e)).isTrue());
    assertThat(friends.friends("ada")).containsExactly("Bob");
  }

  @Test
  void rulesAreToldApartToTheLetterWhereTheDatabaseDoesNot() throws Exception {
    execute(
        "create table rollcall_rules (kind varchar(16) not null,"
            + " user_id varchar_ignorecase(128) not null,"
            + " other_id varchar_ignorecase(128) not null, ends bigint not null,"
            + " primary key (kind, user_id, other_id))");
    RuleTable rules = new RuleTable(database);
    rules.put(VisibilityRule.blocked("Ann"), VisibilityRules.FOREVER);
    rules.remove(VisibilityRule.blocked("ann"));
    assertThatThrownBy(() -> rules.put(VisibilityRule.blocked("ann"), 7))
        .isInstanceOf(RulesUnavailable.class);
    List<VisibilityRule> found = new ArrayList<>();
    rules.forEach(0, (rule, until) -> found.add(rule));
    assertThat(found).containsExactly(VisibilityRule.blocked("Ann"));
  }

  @Test
  void aTableThatIsThereGetsTheIndexForViewers() throws Exception {
    execute("drop index rollcall_viewers");
    friends.createTable();
    friends.createTable();
    execute("drop index rollcall_viewers");
    execute("create index theirs on rollcall_friends (friend_id)");
    friends.createTable();
    execute("drop index theirs");
  }

  @Test
  void aDatabaseUserWhoMayCreateNothingGoesOnWithoutTheIndex() throws Exception {
    execute(
        "drop index rollcall_viewers",
        "create user poor password ''",
        "grant select, insert, update, delete on rollcall_friends to poor");
    JdbcDataSource poor = new JdbcDataSource();
    poor.setURL(database.getURL().replace(";DB_CLOSE_DELAY=-1", ""));
    poor.setUser("poor");
    poor.setPassword("");
    ManagedFriends restricted =
        new ManagedFriends(poor, new FriendSettings.Limits(Duration.ofSeconds(5), 3));
    restricted.createTable();
    restricted.add("ada", "ben");
    assertThat(restricted.viewers("ben").ids()).containsExactly("ada");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
