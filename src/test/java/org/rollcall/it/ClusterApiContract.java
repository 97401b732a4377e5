package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** An administrator sees what each node knows; here there is one. */
interface ClusterApiContract extends Deployed {
  @Test
  default void aNodeReportsItsEntriesAndAgreesWithItself() {
    try (PhoenixClient client = site().connect(TestToken.of("cl1"))) {
      client.join("user:cl1");
      client.heartbeatAmongOthers();
      HttpResponse<String> answer = site().asAdmin("GET", "cluster", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonObject cluster = Json.createReader(new StringReader(answer.body())).readObject();
      assertThat(cluster.getBoolean("agree")).isTrue();
      assertThat(cluster.getJsonArray("nodes")).hasSize(1);
      JsonObject node = cluster.getJsonArray("nodes").getJsonObject(0);
      String name = cluster.getString("node");
      assertThat(node.getString("name")).isEqualTo(name);
      assertThat(node.getBoolean("answered")).isTrue();
      assertThat(node.getJsonArray("view").getString(0)).isEqualTo(name);
      assertThat(node.getJsonObject("entries").getInt(name)).isPositive();
      assertThat(node.getString("digest")).matches("[0-9a-f]{16}");
      assertThat(node.getInt("repairs")).isZero();
    }
  }

  /** On a server with others than this test's users, something may change meanwhile. */
  @Test
  default void theDigestCoversTheRulesThatHideUsers() {
    Await.until(
        Await.LIMIT,
        () -> {
          String before = digest();
          site().asAdmin("PUT", "users/cl3/blocks/cl4", "");
          String apart = digest();
          site().asAdmin("DELETE", "users/cl3/blocks/cl4", "");
          site().asAdmin("POST", "users/cl3/block", "");
          String blocked = digest();
          site().asAdmin("POST", "users/cl3/unblock", "");
          assertThat(List.of(before, apart, blocked)).doesNotHaveDuplicates();
          assertThat(digest()).isEqualTo(before);
        });
  }

  private String digest() {
    String body = site().asAdmin("GET", "cluster", "").body();
    JsonObject cluster = Json.createReader(new StringReader(body)).readObject();
    return cluster.getJsonArray("nodes").getJsonObject(0).getString("digest");
  }

  @Test
  default void onlyAdministratorsSeeTheCluster() {
    assertThat(site().send("GET", "cluster", "").statusCode()).isEqualTo(401);
    String user = "Bearer " + TestToken.of("cl2").text();
    assertThat(site().send("GET", "cluster", "", "Authorization", user).statusCode())
        .isEqualTo(403);
  }
}
