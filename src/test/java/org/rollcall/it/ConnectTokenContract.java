package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/** A user with a bearer token gets a connect token, which is valid for nothing else. */
interface ConnectTokenContract extends Deployed {
  private String connectToken(TestToken bearer) {
    HttpResponse<String> answer =
        site().send("POST", "token", "", "Authorization", "Bearer " + bearer.text());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    JsonObject json = Json.createReader(new StringReader(answer.body())).readObject();
    assertThat(json.getInt("expiresIn")).isEqualTo(60);
    return json.getString("token");
  }

  @Test
  default void aConnectTokenConnectsAsItsUser() {
    String token = connectToken(TestToken.of("ct1").seeing("ct1-friend"));
    try (PhoenixClient friend = site().connect(TestToken.of("ct1-friend"));
        PhoenixClient client = site().connectWith(token)) {
      friend.join("user:ct1-friend");
      Frames.find(friend, "user_presence:ct1-friend", "presence_diff");
      client.join("user:ct1");
      assertThat(Frames.find(client, "user:ct1", "presence_state").payload())
          .containsKey("ct1-friend");
    }
  }

  @Test
  default void aConnectTokenOpensNoApi() {
    String token = "Bearer " + connectToken(TestToken.of("ct2").in(TestToken.ADMIN));
    for (String path : new String[] {"presence/ct2", "cluster", "users/ct2/friends"}) {
      HttpResponse<String> answer = site().get(path, "Authorization", token);
      assertThat(answer.statusCode()).as(path).isEqualTo(401);
    }
    assertThat(site().send("POST", "token", "", "Authorization", token).statusCode())
        .isEqualTo(401);
  }

  @Test
  default void aConnectTokenOfAnIntegerIsOfItsDigits() {
    String bearer = TestToken.signed(claims("9007199254740993", 600));
    HttpResponse<String> answer =
        site().send("POST", "token", "", "Authorization", "Bearer " + bearer);
    assertThat(answer.statusCode()).isEqualTo(200);
    String token =
        Json.createReader(new StringReader(answer.body())).readObject().getString("token");
    try (PhoenixClient client = site().connectWith(token)) {
      client.join("user:9007199254740993");
      Frames.find(client, "user:9007199254740993", "presence_state");
    }
  }

  @Test
  default void aConnectTokenThatIsGoodForLongerThanAMinuteIsRefused() {
    byte[] key = TestToken.key("rollcall connect tokens");
    String purpose = ",\"purpose\":\"connect\",\"iat\":" + Instant.now().getEpochSecond() + "}";
    String good = claims("\"ct3\"", 50).replace("}", purpose);
    String forged = claims("\"ct3\"", 31_536_000).replace("}", purpose);
    assertThat(handshake(TestToken.signed(good, key))).isEqualTo(101);
    assertThat(handshake(TestToken.signed(forged, key))).isEqualTo(403);
    assertThat(handshake(TestToken.signed(good.replaceAll(",\"iat\":\\d+", ""), key)))
        .isEqualTo(403);
  }

  private int handshake(String token) {
    try (RawConnection connection = RawConnection.to(site())) {
      return connection.handshake("vsn=2.0.0&token=" + token).status();
    }
  }

  private static String claims(String sub, int seconds) {
    long end = Instant.now().getEpochSecond() + seconds;
    return "{\"sub\":" + sub + ",\"exp\":" + end + "}";
  }

  private static String[] friends(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "ct-" + (1_000_000_000 + i))
        .toArray(String[]::new);
  }

  private HttpResponse<String> exchange(String body) {
    return site().send("POST", "token", body, "Content-Type", "application/json");
  }

  private static String inBody(String token) {
    return "{\"token\":\"" + token + "\"}";
  }

  @Test
  default void aTokenWithThousandsOfFriendsComesInTheBodyAndThenWithTheJoin() {
    String[] friends = friends(2_500);
    friends[2_499] = "ct4-friend";
    String big = TestToken.of("ct4").seeing(friends).text();
    HttpResponse<String> answer = exchange(inBody(big));
    assertThat(answer.statusCode()).isEqualTo(200);
    String token =
        Json.createReader(new StringReader(answer.body())).readObject().getString("token");
    assertThat(token.length()).isLessThan(500);
    try (PhoenixClient friend = site().connect(TestToken.of("ct4-friend"));
        PhoenixClient client = site().connectWith(token)) {
      friend.join("user:ct4-friend");
      Frames.find(friend, "user_presence:ct4-friend", "presence_diff");
      client.join("user:ct4", inBody(big));
      assertThat(Frames.find(client, "user:ct4", "presence_state").payload())
          .containsKey("ct4-friend");
    }
  }

  @Test
  default void aJoinWithoutTheTokenThatNamesTheFriendsIsRefusedAndNotLonely() {
    String token =
        Json.createReader(
                new StringReader(exchange(inBody(TestToken.of("ct5").seeing("a").text())).body()))
            .readObject()
            .getString("token");
    try (PhoenixClient client = site().connectWith(token)) {
      assertThat(client.refused("user:ct5", "{}").reason()).isEqualTo("friends unavailable");
      client.join("room:ct5");
    }
  }

  @Test
  default void aJoinsTokenHasToBeRightAndTheSameUsers() {
    try (PhoenixClient client = site().connect(TestToken.of("ct6").seeing("a"))) {
      for (String wrong :
          new String[] {
            TestToken.of("ct7").seeing("b").text(),
            TestToken.of("ct6").seeing("b").signedWith("another key, also of 32 bytes or so"),
            TestToken.of("ct6").seeing("b").endingIn(Duration.ofMinutes(-1)).text(),
            TestToken.of("ct6").seeing("b").unsigned(),
            "nonsense",
            ""
          }) {
        assertThat(client.refused("user:ct6", inBody(wrong)).reason()).isEqualTo("unauthorized");
      }
      assertThat(client.refused("user:ct6", "{\"token\":7}").reason()).isEqualTo("invalid payload");
      client.join("user:ct6");
    }
  }

  @Test
  default void aBodyThatHasNoTokenIsRefused() {
    for (String body :
        new String[] {
          "{}",
          "[]",
          "7",
          "nonsense",
          "{\"token\":7}",
          "{\"token\":null}",
          "[".repeat(20_000),
          "{\"token\":" + "7".repeat(5_000) + "}"
        }) {
      assertThat(exchange(body).statusCode())
          .as(body.substring(0, Math.min(20, body.length())))
          .isEqualTo(400);
    }
    assertThat(exchange(inBody("nonsense")).statusCode()).isEqualTo(401);
    assertThat(exchange(inBody(TestToken.of("ct8").unsigned())).statusCode()).isEqualTo(401);
    assertThat(exchange(inBody(connectToken(TestToken.of("ct8")))).statusCode()).isEqualTo(401);
    assertThat(exchange(inBody("x".repeat(65_536))).statusCode()).isEqualTo(413);
  }

  @Test
  default void theDemosTokensAreWorthNothingWhereTheDemoIsOff() {
    assertThat(site().get("demo/token?user=ct9&admin=true").statusCode()).isEqualTo(404);
    String claims =
        claims("\"ct9\"", 60)
            .replace(
                "}",
                ",\"purpose\":\"demo\",\"groups\":[\"rollcall-admin\"],\"iat\":"
                    + Instant.now().getEpochSecond()
                    + "}");
    String token = TestToken.signed(claims, TestToken.key("rollcall demo tokens"));
    assertThat(site().get("cluster", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(401);
    assertThat(handshake(token)).isEqualTo(403);
  }

  @Test
  default void nobodyGetsNone() {
    HttpResponse<String> answer = site().send("POST", "token", "");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }
}
