package org.rollcall.social.friends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.social.rules.RuleTable;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.TestDatabase;

/** Ids in columns of all types, on PostgreSQL and on H2. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SqlFriendsTest {
  private static final TestDatabase POSTGRES = TestDatabase.start();
  private static final JdbcDataSource H2 = new JdbcDataSource();
  private static final FriendSettings.Limits LIMITS =
      new FriendSettings.Limits(Duration.ofSeconds(30), 3);
  private static final String UUID = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";

  /** The databases. */
  enum On {
    POSTGRESQL,
    H2_DATABASE;

    DataSource source() {
      return this == POSTGRESQL ? POSTGRES.dataSource() : H2;
    }
  }

  @BeforeEach
  void create() {
    H2.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
  }

  @AfterAll
  static void stop() {
    POSTGRES.close();
  }

  private static SqlFriends friends(On on, String type, String... rows) throws SQLException {
    try (var connection = on.source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("drop table if exists friendship");
      statement.execute("create table friendship (member " + type + ", friend " + type + ")");
      for (String row : rows) {
        statement.execute("insert into friendship values (" + row + ")");
      }
    }
    return new SqlFriends(
        on.source(),
        "select friend, member as rollcall_user from friendship where member = ?",
        LIMITS);
  }

  private static SqlFriends plain(On on) {
    return new SqlFriends(on.source(), "select friend from friendship where member = ?", LIMITS);
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void numbersOfAnyLengthAreExactAndHaveOneSpelling(On on) throws Exception {
    friends(
        on,
        "bigint",
        "1234567890123456789, 1234567890123456788",
        "9223372036854775807, 7",
        "-7, 8",
        "7, -9223372036854775808",
        "0, 1");
    SqlFriends friends = plain(on);
    assertThat(friends.friends("1234567890123456789")).containsExactly("1234567890123456788");
    assertThat(friends.friends("9223372036854775807")).containsExactly("7");
    assertThat(friends.friends("-7")).containsExactly("8");
    assertThat(friends.friends("7")).containsExactly("-9223372036854775808");
    assertThat(friends.friends("0")).containsExactly("1");
    for (String other :
        new String[] {
          "07",
          "+7",
          " 7",
          "7 ",
          "7.0",
          "7e0",
          "-0",
          "-07",
          "\uff17",
          "\u0667",
          "",
          "x",
          "0x7",
          "1234567890123456788",
          "9223372036854775808",
          "99999999999999999999999999999999999999"
        }) {
      assertThat(friends.friends(other)).as(other).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void decimalsAreExact(On on) throws Exception {
    friends(on, "numeric(30, 2)", "123456789012345678901, 7", "7, 123456789012345678901");
    SqlFriends friends = plain(on);
    assertThat(friends.friends("7")).containsExactly("123456789012345678901");
    assertThat(friends.friends("123456789012345678901")).containsExactly("7");
    assertThat(friends.friends("123456789012345678902")).isEmpty();
    assertThat(friends.friends("07")).isEmpty();
    assertThat(friends.friends("7.00")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void floatingPointNumbersAreNoIds(On on) throws Exception {
    friends(on, "double precision", "9007199254740992, 7");
    assertThatThrownBy(() -> plain(on).friends("9007199254740993"))
        .isInstanceOf(FriendsUnavailable.class);
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void paddingIsNoPartOfAnId(On on) throws Exception {
    friends(on, "char(24)", "'bob', 'ann'", "'ann', 'bob the 2nd'");
    SqlFriends friends = plain(on);
    assertThat(friends.friends("bob")).containsExactly("ann");
    assertThat(friends.friends("ann")).containsExactly("bob the 2nd");
    assertThat(friends.friends("bob ")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void spacesInTextAreAPartOfAnId(On on) throws Exception {
    friends(on, "varchar(24)", "'bob ', 'ann '");
    assertThat(plain(on).friends("bob ")).containsExactly("ann ");
    assertThat(plain(on).friends("bob")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void aUuidHasOneSpellingAndOtherIdsHaveNoFriends(On on) throws Exception {
    friends(on, "uuid", "'" + UUID + "', '00000000-0000-0000-0000-00000000000a'");
    SqlFriends friends = plain(on);
    assertThat(friends.friends(UUID)).containsExactly("00000000-0000-0000-0000-00000000000a");
    for (String other :
        new String[] {
          "x",
          "7",
          "",
          "{" + UUID + "}",
          UUID.replace("-", ""),
          "A" + UUID.substring(1),
          "00000000-0000-0000-0000-00000000000a"
        }) {
      assertThat(friends.friends(other)).as(other).isEmpty();
    }
  }

  @Test
  void aTypeThatOnlyTheDatabaseKnowsIsCheckedByIt() throws Exception {
    friends(On.POSTGRESQL, "inet", "'10.0.0.1', '10.0.0.2'");
    assertThat(plain(On.POSTGRESQL).friends("10.0.0.1")).containsExactly("10.0.0.2");
    assertThat(plain(On.POSTGRESQL).friends("c")).isEmpty();
  }

  @Test
  void aValueThatTheQueryCannotReadIsNoEmptyList() throws Exception {
    friends(On.POSTGRESQL, "varchar(9)", "'a', 'x'");
    SqlFriends casting =
        new SqlFriends(
            POSTGRES.dataSource(),
            "select cast(friend as int) from friendship where member = ?",
            LIMITS);
    assertThatThrownBy(() -> casting.friends("a")).isInstanceOf(FriendsUnavailable.class);
  }

  @Test
  void theColumnOfTheUserTellsIdsApartThatTheDatabaseDoesNot() throws Exception {
    SqlFriends friends =
        friends(On.H2_DATABASE, "varchar_ignorecase(24)", "'Ann', 'bob'", "'ann', 'cy'");
    assertThat(friends.friends("Ann")).containsExactly("bob");
    assertThat(friends.friends("ann")).containsExactly("cy");
    assertThat(friends.friends("ANN")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(On.class)
  void moreRowsThanTheLimitAreNoShorterList(On on) throws Exception {
    friends(on, "int", "1, 2", "1, 2", "1, 2", "1, 3");
    assertThatThrownBy(() -> plain(on).friends("1")).isInstanceOf(FriendsUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whateverADataSourceThrowsMakesFriendsUnavailableWithoutAMessage(boolean declared) {
    Exception cause = new SQLException("(user_id)=(secret-id) already exists", "23505");
    DataSource failing =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                  throw declared
                      ? new UndeclaredThrowableException(cause)
                      : new IllegalStateException("secret-id");
                });
    assertThatThrownBy(() -> new SqlFriends(failing, "?", LIMITS).friends("1"))
        .isInstanceOf(FriendsUnavailable.class)
        .hasMessageContaining("SQLState")
        .hasMessageNotContaining("secret-id")
        .hasNoCause();
    assertThatThrownBy(() -> new RuleTable(failing).put(VisibilityRule.blocked("eve"), 7))
        .isInstanceOf(RulesUnavailable.class)
        .hasMessageNotContaining("secret-id")
        .hasNoCause();
    assertThatThrownBy(() -> new ManagedFriends(failing, LIMITS).replace("1", Set.of()))
        .isInstanceOf(SQLException.class);
  }
}
