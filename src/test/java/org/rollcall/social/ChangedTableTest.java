package org.rollcall.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.social.friends.SqlFriends;
import org.rollcall.testing.TestDatabase;

/** A table that changes under a pool's connection, which keeps the plans of its statements. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ChangedTableTest {
  private static final TestDatabase DATABASE = TestDatabase.start();

  /** More than PostgreSQL's driver asks before it keeps a plan. */
  private static final int OFTEN = 10;

  private Connection one;
  private SqlFriends friends;

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  @BeforeEach
  void ask() throws Exception {
    DATABASE.execute(
        "drop table if exists friendship",
        "create table friendship (member bigint not null, friend bigint not null)",
        "insert into friendship values (7, 8), (9, 8)");
    one = DATABASE.dataSource().getConnection();
    friends =
        new SqlFriends(
            pool(one),
            "select friend from friendship where member = ?",
            new FriendSettings.Limits(Duration.ofSeconds(10), 10));
    for (int i = 0; i < OFTEN; i++) {
      assertThat(friends.friends("7")).containsExactly("8");
    }
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
  }

  /** Hands out one connection again and again. */
  private static DataSource pool(Connection one) {
    Connection lent =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    return null;
                  }
                  try {
                    return method.invoke(one, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> lent);
  }

  @ParameterizedTest
  @CsvSource({"text, text", "bigint, text", "text, bigint", "numeric, numeric", "int, char(5)"})
  void theFirstQuestionAfterwardsIsRight(String member, String friend) throws Exception {
    DATABASE.execute(
        "alter table friendship alter member type " + member + " using member::" + member,
        "alter table friendship alter friend type " + friend + " using friend::" + friend);
    for (int i = 0; i < OFTEN; i++) {
      assertThat(friends.friends("7")).containsExactly("8");
      assertThat(friends.friends("10")).isEmpty();
    }
  }

  @Test
  void aMissingTableIsAskedAgainOnceItIsBack() throws Exception {
    for (int round = 0; round < 40; round++) {
      DATABASE.execute("alter table friendship rename to away");
      assertThatThrownBy(() -> friends.friends("7")).isInstanceOf(FriendsUnavailable.class);
      DATABASE.execute("alter table away rename to friendship");
      assertThat(friends.friends("7")).containsExactly("8");
    }
  }
}
