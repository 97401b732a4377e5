package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** Which users are shown to which viewers, on every path to presence. */
@Tag("long")
final class VisibilityIT extends OnServer
    implements VisibilityTableContract, VisibilityDiffContract {
  private final Clients clients = new Clients(this);

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends",
            "token",
            "rollcall.grace",
            "PT1H",
            "rollcall.refusal.join",
            "PT0S"));
  }

  @AfterEach
  void disconnect() {
    clients.close();
  }

  @AfterAll
  static void theLogHoldsNeitherTokensNorUsers() {
    ServerLog.assertSilentAbout(
        "vi-on",
        "vi-hi",
        "vi-lo",
        "vi-friend",
        "vi-blocked",
        "vj-al",
        "vj-bo",
        "vk-al",
        "vl-bo",
        "vm-al");
  }

  private String presence(TestToken token, String query) {
    HttpResponse<String> answer =
        site().get("presence" + query, "Authorization", "Bearer " + token.text());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void hiddenAndBlockedUsersLeaveEveryPathAtOnce() {
    TestToken friend = TestToken.of("vj-friend").seeing("vj-al", "vj-bo");
    PhoenixClient watcher = clients.connect(friend);
    watcher.join("user:vj-friend");
    PhoenixClient al = clients.appear("vj-al", "room:vi");
    Frames.find(watcher, "user_presence:vj-al", "presence_diff");
    PhoenixClient bo = clients.appear("vj-bo", "room:vi");
    Frames.find(watcher, "user_presence:vj-bo", "presence_diff");

    Clients.show(al, "vj-al", "nobody");
    assertThat(presence(friend, "/vj-al")).isEqualTo(VisibilityTableContract.offline("vj-al"));
    assertThat(Frames.find(watcher, "user_presence:vj-al", "presence_diff").leaves())
        .containsOnlyKeys("vj-al");

    assertThat(site().asAdmin("POST", "users/vj-bo/block", "").statusCode()).isEqualTo(204);
    assertThat(bo.closeCode()).isEqualTo(1001);
    assertThat(Frames.find(watcher, "user_presence:vj-bo", "presence_diff").leaves())
        .containsOnlyKeys("vj-bo");
    String token = "Bearer " + TestToken.of("vj-bo").text();
    assertThat(site().get("presence/vj-bo", "Authorization", token).statusCode()).isEqualTo(401);
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake("token=" + TestToken.of("vj-bo").text()).status())
          .isEqualTo(403);
    }
    assertThat(site().asAdmin("POST", "users/vj-bo/unblock", "").statusCode()).isEqualTo(204);
    clients.appear("vj-bo", "room:vi");
    assertThat(Frames.find(watcher, "user_presence:vj-bo", "presence_diff").joins())
        .containsOnlyKeys("vj-bo");
  }

  @Test
  void tooManyVisibilityRequestsAreRefusedAndTheLastAnswerHolds() {
    PhoenixClient al = clients.appear("vm-al", "room:vi");
    PhoenixClient.Joined own = new PhoenixClient.Joined("user:vm-al", "11");
    String to = "friends";
    Frame answer;
    do {
      to = to.equals("friends") ? "nobody" : "friends";
      answer = Frames.reply(al, al.push(own, "visibility", "{\"to\":\"" + to + "\"}"));
    } while (answer.status().equals("ok"));
    assertThat(answer.reason()).isEqualTo("rate limited");
    assertThat(presence(TestToken.of("vm-bo").seeing("vm-al"), "/vm-al").contains("phx_ref"))
        .isEqualTo(to.equals("nobody"));
    al.heartbeatAmongOthers();
  }

  @Test
  void everyoneLearnsToWhomOneIsVisible() {
    PhoenixClient al = clients.appear("vk-al", "room:vi");
    String token = "Bearer " + TestToken.of("vk-al").text();
    assertThat(site().get("visibility", "Authorization", token).body())
        .isEqualTo("{\"to\":\"friends\",\"until\":null,\"by\":null}");
    Clients.show(al, "vk-al", "nobody");
    assertThat(site().get("visibility", "Authorization", token).body())
        .isEqualTo("{\"to\":\"nobody\",\"until\":null,\"by\":[]}");
    assertThat(site().get("visibility").statusCode()).isEqualTo(401);
  }

  @Test
  void onlyAnAdministratorMakesRules() {
    String user = "Bearer " + TestToken.of("vl-al").text();
    Stream.of("POST users/vl-bo/block", "POST users/vl-bo/unblock", "PUT users/vl-bo/blocks/vl-al")
        .map(request -> request.split(" ", 2))
        .forEach(
            request -> {
              assertThat(site().send(request[0], request[1], "").statusCode()).isEqualTo(401);
              assertThat(
                      site().send(request[0], request[1], "", "Authorization", user).statusCode())
                  .isEqualTo(403);
            });
    assertThat(site().asAdmin("PUT", "users/vl-al/blocks/vl-al", "").statusCode()).isEqualTo(400);
    assertThat(site().asAdmin("PUT", "users/vl-al/blocks/a,b", "").statusCode()).isEqualTo(400);
    assertThat(site().asAdmin("PUT", "users/vl-al/blocks/vl-bo", "").statusCode()).isEqualTo(204);
    assertThat(site().asAdmin("GET", "users/vl-bo/blocks", "").body()).isEqualTo("[\"vl-al\"]");
    assertThat(site().asAdmin("DELETE", "users/vl-bo/blocks/vl-al", "").statusCode())
        .isEqualTo(204);
    assertThat(site().asAdmin("GET", "users/vl-bo/blocks", "").body()).isEqualTo("[]");
  }
}
