package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** Who has a bearer token gets one to connect with, which is good for nothing else. */
interface ConnectTokenRules extends Deployed {
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
  default void nobodyGetsNone() {
    HttpResponse<String> answer = site().send("POST", "token", "");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }
}
