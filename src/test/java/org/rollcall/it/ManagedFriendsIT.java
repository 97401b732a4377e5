package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.Relay;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestDatabase;
import org.rollcall.testing.TestToken;

/** A Rollcall that keeps the lists of friends itself, in PostgreSQL. */
@Tag("long")
final class ManagedFriendsIT extends OnServer
    implements FriendsListContract, ChangeContract, OpenApiContract {
  private static final Logger LOG = System.getLogger(ManagedFriendsIT.class.getName());
  private static final TestDatabase DATABASE = TestDatabase.start();
  private static final Relay WAY = Relay.to(DATABASE.port());

  @Deployment(testable = false)
  static WebArchive war() {
    return TestDatabase.addTo(
        Deployments.war(
            Map.of(
                "rollcall.demo", "true",
                "rollcall.friends", "managed",
                "rollcall.friends.limit", "10000",
                // Each update is told by itself: what one round left untold would come in the next.
                "rollcall.limits.updates", "PT0S",
                "rollcall.datasource", TestDatabase.DATA_SOURCE)),
        WAY.port());
  }

  @AfterAll
  static void stopDatabase() {
    WAY.close();
    DATABASE.close();
  }

  @Override
  public Set<String> refusedHere() {
    return Set.of("logIn", "backChannelLogout");
  }

  @Override
  public Relay way() {
    return WAY;
  }

  private int put(String path, String body) {
    return site().asAdmin("PUT", path, body).statusCode();
  }

  @AfterAll
  static void theLogHoldsNeitherTokensNorUsers() {
    ServerLog.assertSilentAbout(
        "ma2-al",
        "ma2-bo",
        "ma6-7777",
        "ma7-bo",
        "ma8-al",
        "ma9-bo",
        "ma10-al",
        "ma11-al",
        "ma12-al");
  }

  private static JsonObject join(PhoenixClient client, String id) {
    client.join("user:" + id);
    JsonObject state = client.next("user:" + id, "presence_state").payload();
    client.next("user_presence:" + id, "presence_diff");
    return state;
  }

  @Test
  void friendshipsReachConnectedUsersAtOnce() {
    try (PhoenixClient al = site().connect(TestToken.of("ma2-al"));
        PhoenixClient bo = site().connect(TestToken.of("ma2-bo"))) {
      join(al, "ma2-al");
      assertThat(join(bo, "ma2-bo")).isEmpty();
      long start = System.nanoTime();
      assertThat(put("users/ma2-bo/friends/ma2-al", "")).isEqualTo(204);
      assertThat(bo.next("user_presence:ma2-al", "presence_diff").joins()).containsKey("ma2-al");
      long millis = (System.nanoTime() - start) / 1_000_000;
      LOG.log(Level.INFO, "A new friend was seen after {0} ms", millis);
      String path = "users/ma2-bo/friends/ma2-al";
      assertThat(site().asAdmin("DELETE", path, "").statusCode()).isEqualTo(204);
      assertThat(bo.next("user_presence:ma2-al", "presence_diff").leaves()).containsKey("ma2-al");
      al.disconnect();
      assertThat(bo.nextWithin(Duration.ofSeconds(1))).isEmpty();
    }
  }

  @Test
  void aRefreshAsksTheSourceAgain() {
    try (PhoenixClient al = site().connect(TestToken.of("ma8-al"));
        PhoenixClient bo = site().connect(TestToken.of("ma8-bo"))) {
      join(al, "ma8-al");
      join(bo, "ma8-bo");
      DATABASE.execute("insert into rollcall_friends values ('ma8-bo', 'ma8-al')");
      assertThat(site().asAdmin("POST", "users/ma8-bo/friends/refresh", "").statusCode())
          .isEqualTo(204);
      assertThat(bo.next("user_presence:ma8-al", "presence_diff").joins()).hasSize(1);
      DATABASE.execute("delete from rollcall_friends where user_id = 'ma8-bo'");
      String many =
          IntStream.range(0, 5000)
              .mapToObj(i -> "\"ma8-" + i + "\"")
              .collect(Collectors.joining(",", "[\"ma8-bo\",", "]"));
      assertThat(site().asAdmin("POST", "friends/refresh", many).statusCode()).isEqualTo(204);
      assertThat(bo.next("user_presence:ma8-al", "presence_diff").leaves()).hasSize(1);
      for (String bad : new String[] {"[]", "{}", "[\"a,b\"]", "7", "[7] [8]", "[7]x"}) {
        assertThat(site().asAdmin("POST", "friends/refresh", bad).statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void viewersAreListedWhetherOnlineOrNot() {
    assertThat(put("users/ma9-bo/friends/ma9-al", "")).isEqualTo(204);
    assertThat(put("users/ma9-eve/friends/ma9-al", "")).isEqualTo(204);
    assertThat(put("users/ma9-eve/blocks/ma9-al", "")).isEqualTo(204);
    String token = "Bearer " + TestToken.of("ma9-al").text();
    assertThat(site().get("visibility", "Authorization", token).body())
        .isEqualTo("{\"to\":\"friends\",\"until\":null,\"by\":[\"ma9-bo\"]}");
  }

  @Test
  void rulesAreKeptInTheTable() {
    assertThat(put("users/ma10-al/blocks/ma10-bo", "")).isEqualTo(204);
    assertThat(site().asAdmin("POST", "users/ma10-al/block", "").statusCode()).isEqualTo(204);
    assertThat(DATABASE.count("select count(*) from rollcall_rules where user_id = 'ma10-al'"))
        .isEqualTo(2);
    assertThat(site().asAdmin("POST", "users/ma10-al/unblock", "").statusCode()).isEqualTo(204);
    assertThat(DATABASE.count("select count(*) from rollcall_rules where user_id = 'ma10-al'"))
        .isEqualTo(1);
  }

  @Test
  void nobodyWaitsWhileTheTableIsLocked() throws SQLException {
    try (PhoenixClient al = site().connect(TestToken.of("ma11-al"));
        Connection other = DATABASE.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      PhoenixClient.Joined own = al.join("user:ma11-al");
      Frames.find(al, "user_presence:ma11-al", "presence_diff");
      other.setAutoCommit(false);
      statement.execute("lock table rollcall_rules in exclusive mode");
      String request = al.push(own, "visibility", "{\"to\":\"nobody\"}");
      al.heartbeat();
      other.commit();
      assertThat(Frames.reply(al, request).status()).isEqualTo("ok");
      assertThat(DATABASE.count("select count(*) from rollcall_rules where user_id = 'ma11-al'"))
          .isEqualTo(1);
    }
  }

  @Test
  void aClaimOfFriendsInTheTokenCountsForNothing() {
    try (PhoenixClient al = site().connect(TestToken.of("ma3-al"));
        PhoenixClient bo = site().connect(TestToken.of("ma3-bo").seeing("ma3-al"))) {
      join(al, "ma3-al");
      assertThat(join(bo, "ma3-bo")).isEmpty();
    }
  }

  @Test
  void tenThousandFriendsAreNotTooMany() {
    String ids =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "\"ma6-" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(put("users/ma6-al/friends", ids)).isEqualTo(204);
    try (PhoenixClient friend = site().connect(TestToken.of("ma6-7777"));
        PhoenixClient al = site().connect(TestToken.of("ma6-al"))) {
      join(friend, "ma6-7777");
      long start = System.nanoTime();
      assertThat(join(al, "ma6-al")).containsOnlyKeys("ma6-7777");
      long millis = (System.nanoTime() - start) / 1_000_000;
      LOG.log(Level.INFO, "A join with 10,000 friends took {0} ms", millis);
      friend.disconnect();
      assertThat(al.next("user_presence:ma6-7777", "presence_diff").leaves()).hasSize(1);
    }
  }

  @Test
  void oneMoreThanTheLimitIsRefusedAndTheListStays() {
    DATABASE.execute(
        "insert into rollcall_friends select 'ma7-al', 'ma7-' || i from generate_series(1, 9999)"
            + " i");
    assertThat(put("users/ma7-al/friends/ma7-bo", "")).isEqualTo(204);
    HttpResponse<String> answer = site().asAdmin("PUT", "users/ma7-al/friends/ma7-cy", "");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("expected at most 10000 friends, but got 10001");
    assertThat(put("users/ma7-al/friends/ma7-bo", "")).isEqualTo(204);
    String tooMany =
        IntStream.range(0, 10_001)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(put("users/ma7-al/friends", tooMany)).isEqualTo(400);
    try (PhoenixClient bo = site().connect(TestToken.of("ma7-bo"));
        PhoenixClient al = site().connect(TestToken.of("ma7-al"))) {
      join(bo, "ma7-bo");
      assertThat(join(al, "ma7-al")).containsOnlyKeys("ma7-bo");
    }
  }

  @Test
  void viewersAreFoundByAnIndex() {
    assertThat(
            DATABASE.count(
                "select count(*) from pg_indexes where tablename = 'rollcall_friends'"
                    + " and indexdef like '%(friend_id, user_id)'"))
        .isEqualTo(1);
  }

  @Test
  void anyNumberOfUsersMaySeeOne() {
    DATABASE.execute(
        "insert into rollcall_friends select 'ma12-' || i, 'ma12-al' from generate_series(1, 10000)"
            + " i");
    String token = "Bearer " + TestToken.of("ma12-al").text();
    assertThat(site().get("visibility", "Authorization", token).body()).endsWith("]}");
    DATABASE.execute("insert into rollcall_friends values ('ma12-more', 'ma12-al')");
    HttpResponse<String> answer = site().get("visibility", "Authorization", token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"to\":\"friends\"").endsWith("],\"more\":true}");
  }
}
