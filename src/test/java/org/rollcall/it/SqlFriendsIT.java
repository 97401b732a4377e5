package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestDatabase;
import org.rollcall.testing.TestToken;

/** A Rollcall that asks the social network's own table, whose ids are numbers. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SqlFriendsIT extends OnServer {
  private static final TestDatabase DATABASE = TestDatabase.start();

  @Deployment(testable = false)
  static WebArchive war() {
    DATABASE.execute(
        "create table friendship (member bigint not null, friend bigint not null)",
        "insert into friendship values (101, 102), (101, 103), (104, 101)");
    return DATABASE.addTo(
        Deployments.war(
            Map.of(
                "rollcall.friends",
                "sql",
                "rollcall.friends.sql",
                "select friend from friendship where member = ?",
                "rollcall.datasource",
                TestDatabase.DATA_SOURCE)));
  }

  @AfterAll
  static void stopDatabase() {
    DATABASE.close();
  }

  @AfterAll
  static void theLogHoldsNeitherTokensNorUsers() {
    ServerLog.assertSilentAbout("sq2-name", "1 or 1=1", "10x1", "sq-105", "99999999999999999999");
  }

  @Test
  @Order(2)
  void numbersOfNineteenDigitsAreUsersAndOneSpellingIsOneUser() {
    DATABASE.execute(
        "insert into friendship values (1234567890123456789, 122), (7, 1234567890123456789)");
    try (PhoenixClient friend = site().connect(TestToken.of("122"));
        PhoenixClient large = site().connect(TestToken.of("1234567890123456789"));
        PhoenixClient seven = site().connect(TestToken.of("7"))) {
      join(friend, "122");
      assertThat(join(large, "1234567890123456789")).containsOnlyKeys("122");
      assertThat(join(seven, "7")).containsOnlyKeys("1234567890123456789");
      for (String id : new String[] {"07", "+7", " 7", "7 ", "-0", "\uff17", "7.0"}) {
        try (PhoenixClient other = site().connect(TestToken.of(id))) {
          assertThat(join(other, id)).as(id).isEmpty();
        }
      }
    }
  }

  private static JsonObject join(PhoenixClient client, String id) {
    client.join("user:" + id);
    JsonObject state = client.next("user:" + id, "presence_state").payload();
    // From the own diff on, others see the user.
    client.next("user_presence:" + id, "presence_diff");
    return state;
  }

  @Test
  @Order(1)
  void theTableSaysWhoSeesWhom() {
    try (PhoenixClient friend = site().connect(TestToken.of("102"));
        PhoenixClient admirer = site().connect(TestToken.of("104"));
        PhoenixClient client = site().connect(TestToken.of("101"))) {
      join(friend, "102");
      join(admirer, "104");
      assertThat(join(client, "101")).containsOnlyKeys("102");
      assertThat(site().asAdmin("GET", "users/101/friends", "").body())
          .isEqualTo("[\"102\",\"103\"]");
    }
  }

  @Test
  @Order(2)
  void aUserWhoseIdIsNoNumberHasNoFriends() {
    for (String id : new String[] {"sq2-name", "1 or 1=1", "10x1", "99999999999999999999"}) {
      try (PhoenixClient client = site().connect(TestToken.of(id))) {
        assertThat(join(client, id)).isEmpty();
      }
    }
  }

  @Test
  @Order(3)
  void theTableIsNotEditedHere() {
    assertThat(site().asAdmin("PUT", "users/101/friends", "[]").statusCode()).isEqualTo(409);
    assertThat(site().asAdmin("PUT", "users/101/friends/105", "").statusCode()).isEqualTo(409);
  }

  @Test
  @Order(3)
  void aRefreshAsksTheTableAgain() {
    DATABASE.execute("insert into friendship values (111, 112)");
    try (PhoenixClient bo = site().connect(TestToken.of("112"));
        PhoenixClient cy = site().connect(TestToken.of("113"));
        PhoenixClient al = site().connect(TestToken.of("111"))) {
      join(bo, "112");
      join(cy, "113");
      assertThat(join(al, "111")).containsOnlyKeys("112");
      DATABASE.execute("update friendship set friend = 113 where member = 111");
      assertThat(site().asAdmin("POST", "users/111/friends/refresh", "").statusCode())
          .isEqualTo(204);
      Frames.assertSeesInstead(al, "112", "113");
      DATABASE.execute("update friendship set friend = 112 where member = 111");
      assertThat(site().asAdmin("POST", "friends/refresh", "[111, 999]").statusCode())
          .isEqualTo(204);
      Frames.assertSeesInstead(al, "113", "112");
      cy.disconnect();
      bo.disconnect();
      assertThat(al.next("user_presence:112", "presence_diff").leaves()).hasSize(1);
      al.heartbeat();
    }
  }

  @Test
  @Order(4)
  void aColumnWhoseTypeWasChangedIsAskedForInTheNewOne() {
    for (String type : new String[] {"text", "bigint"}) {
      assertFriendsOf101();
      for (String column : new String[] {"member", "friend"}) {
        DATABASE.execute(
            "alter table friendship alter %1$s type %2$s using %1$s::%2$s".formatted(column, type));
        assertFriendsOf101();
      }
    }
  }

  /** Often enough for the driver to keep plans on the pool's connections. */
  private void assertFriendsOf101() {
    for (int i = 0; i < 12; i++) {
      HttpResponse<String> friends = site().asAdmin("GET", "users/101/friends", "");
      assertThat(friends.statusCode()).isEqualTo(200);
      assertThat(friends.body()).isEqualTo("[\"102\",\"103\"]");
    }
  }

  @Test
  @Order(5)
  void aMissingTableRefusesTheJoinAndNothingElse() {
    DATABASE.execute("alter table friendship rename to away");
    try {
      assertRefusedAndAlive("105");
    } finally {
      DATABASE.execute("alter table away rename to friendship");
    }
    try (PhoenixClient client = site().connect(TestToken.of("101"))) {
      assertThat(join(client, "101")).isEmpty();
    }
  }

  @Test
  @Order(6)
  void aDatabaseThatIsDownRefusesTheJoinAndNothingElse() {
    try (PhoenixClient early = site().connect(TestToken.of("107"))) {
      join(early, "107");
      DATABASE.close();
      assertRefusedAndAlive("106");
      early.heartbeat();
    }
  }

  private void assertRefusedAndAlive(String id) {
    TestToken token = TestToken.of(id);
    try (PhoenixClient client = site().connect(token)) {
      client.join("room:sq-" + id);
      client.next("room:sq-" + id, "presence_state");
      client.next("room:sq-" + id, "presence_diff");
      assertThat(client.refused("user:" + id, "{}").response())
          .hasToString("{\"reason\":\"friends unavailable\"}");
      client.heartbeat();
      try (PhoenixClient other = site().connect(TestToken.of(id + "1"))) {
        other.join("room:sq-" + id);
        assertThat(client.next("room:sq-" + id, "presence_diff").joins())
            .containsOnlyKeys(id + "1");
      }
    }
    assertThat(site().get("presence/" + id, "Authorization", "Bearer " + token.text()).statusCode())
        .isEqualTo(503);
  }
}
