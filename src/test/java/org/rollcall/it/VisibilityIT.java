package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * Every way to read presence, tried by everyone, against users who are online, invisible, lost or
 * offline. Whoever a reader may not see is answered as one who is offline, byte for byte.
 */
final class VisibilityIT extends OnServer {
  private static final String ONLINE = "vi-on";
  private static final String HIDDEN = "vi-hi";
  private static final String LOST = "vi-lo";
  private static final String OFFLINE = "vi-of";
  private static final List<String> TARGETS = List.of(ONLINE, HIDDEN, LOST, OFFLINE);
  private static final Set<String> NOBODY = Set.of();
  private static final Set<String> PRESENT = Set.of(ONLINE, LOST);

  private final List<PhoenixClient> open = new ArrayList<>();

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

  /**
   * One who reads.
   *
   * @param shown whom the reader is shown by {@code GET /api/presence}
   * @param circle whom on the own channel
   * @param room whom in a room where all targets are
   */
  private record Reader(
      String name, List<String> friends, Set<String> shown, Set<String> circle, Set<String> room) {
    String id() {
      return "vi-" + name;
    }

    TestToken token() {
      TestToken token = TestToken.of(id()).seeing(friends.toArray(String[]::new));
      return name.equals("administrator") ? token.in(TestToken.ADMIN) : token;
    }
  }

  private static List<Reader> readers() {
    List<String> none = List.of();
    return List.of(
        new Reader("friend", TARGETS, PRESENT, PRESENT, PRESENT),
        new Reader("stranger", none, NOBODY, NOBODY, PRESENT),
        new Reader("exfriend", List.of("vi-other"), NOBODY, NOBODY, PRESENT),
        new Reader("blocked", TARGETS, NOBODY, NOBODY, NOBODY),
        new Reader("administrator", none, PRESENT, NOBODY, PRESENT));
  }

  @AfterEach
  void disconnect() {
    open.forEach(PhoenixClient::close);
  }

  private PhoenixClient connect(TestToken token) {
    PhoenixClient client = site().connect(token);
    open.add(client);
    return client;
  }

  private PhoenixClient appear(String id) {
    PhoenixClient client = connect(TestToken.of(id));
    client.join("user:" + id);
    Frames.find(client, "user_presence:" + id, "presence_diff");
    client.askToJoin("room:vi", "{}");
    Frames.find(client, "room:vi", "presence_state");
    Frames.find(client, "room:vi", "presence_diff");
    return client;
  }

  private void hide(PhoenixClient client, String id) {
    client.push(new PhoenixClient.Joined("user:" + id, "11"), "visibility", "{\"to\":\"nobody\"}");
    Frame answer = Frames.find(client, "user:" + id, "phx_reply");
    assertThat(answer.response()).hasToString("{\"to\":\"nobody\"}");
    client.heartbeatAmongOthers();
  }

  private static String refusal(PhoenixClient client, String topic) {
    client.askToJoin(topic, "{}");
    return Frames.find(client, topic, "phx_reply").reason();
  }

  private String presence(TestToken token, String query) {
    HttpResponse<String> answer =
        site().get("presence" + query, "Authorization", "Bearer " + token.text());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static String offline(String id) {
    return "{\"id\":\"" + id + "\",\"metas\":[]}";
  }

  private static Set<String> present(JsonObject state) {
    Set<String> present = new TreeSet<>(state.keySet());
    present.retainAll(TARGETS);
    return present;
  }

  @Test
  void everyReaderIsShownWhatTheTableSaysOnEveryPath() {
    for (String target : TARGETS) {
      String path = "users/vi-blocked/blocks/" + target;
      assertThat(site().asAdmin("PUT", path, "").statusCode()).isEqualTo(204);
    }
    appear(ONLINE);
    PhoenixClient lost = appear(LOST);
    hide(appear(HIDDEN), HIDDEN);
    lost.cut();

    for (Reader reader : readers()) {
      for (String target : TARGETS) {
        String answer = presence(reader.token(), "/" + target);
        if (reader.shown().contains(target)) {
          assertThat(answer).as("%s, %s", reader.name(), target).contains("phx_ref");
        } else {
          assertThat(answer).as("%s, %s", reader.name(), target).isEqualTo(offline(target));
          assertThat(presence(reader.token(), "?user=" + target)).isEqualTo("[" + answer + "]");
        }
      }
      PhoenixClient client = connect(reader.token());
      String own = reader.id();
      client.join("user:" + own);
      assertThat(present(client.next("user:" + own, "presence_state").payload()))
          .as("the channel of the %s", reader.name())
          .isEqualTo(reader.circle());
      client.askToJoin("room:vi", "{}");
      assertThat(present(Frames.find(client, "room:vi", "presence_state").payload()))
          .as("the room, for the %s", reader.name())
          .isEqualTo(reader.room());
      for (String target : TARGETS) {
        assertThat(refusal(client, "user:" + target)).isEqualTo("unauthorized");
        assertThat(refusal(client, "user_presence:" + target)).isEqualTo("unauthorized");
      }
    }
    for (String target : TARGETS) {
      assertThat(site().get("presence/" + target).body()).isEqualTo(offline(target));
    }
    assertThat(presence(TestToken.of(HIDDEN), "/" + HIDDEN)).contains("phx_ref");
  }

  @Test
  void whoHidesOrIsBlockedLeavesEveryPathAtOnce() {
    TestToken friend = TestToken.of("vj-friend").seeing("vj-al", "vj-bo");
    PhoenixClient watcher = connect(friend);
    watcher.join("user:vj-friend");
    PhoenixClient al = appear("vj-al");
    Frames.find(watcher, "user_presence:vj-al", "presence_diff");
    PhoenixClient bo = appear("vj-bo");
    Frames.find(watcher, "user_presence:vj-bo", "presence_diff");

    hide(al, "vj-al");
    assertThat(presence(friend, "/vj-al")).isEqualTo(offline("vj-al"));
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
    appear("vj-bo");
    assertThat(Frames.find(watcher, "user_presence:vj-bo", "presence_diff").joins())
        .containsOnlyKeys("vj-bo");
  }

  @Test
  void whoHidesAndShowsTooOftenIsRefusedAndStaysAsLastAnswered() {
    PhoenixClient al = appear("vm-al");
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
    PhoenixClient al = appear("vk-al");
    String token = "Bearer " + TestToken.of("vk-al").text();
    assertThat(site().get("visibility", "Authorization", token).body())
        .isEqualTo("{\"to\":\"friends\",\"until\":null,\"by\":null}");
    hide(al, "vk-al");
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
