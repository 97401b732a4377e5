package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/**
 * Every way to read presence, tried by everyone, against users who are online, invisible, lost or
 * offline. The answer for a user whom a reader may not see is the answer for an offline user, byte
 * for byte. Holds where friends stand in tokens and {@code rollcall.grace=PT1H}.
 */
interface VisibilityTableContract extends Deployed {
  String ONLINE = "vi-on";
  String HIDDEN = "vi-hi";
  String LOST = "vi-lo";
  String OFFLINE = "vi-of";
  List<String> TARGETS = List.of(ONLINE, HIDDEN, LOST, OFFLINE);
  Set<String> NOBODY = Set.of();
  Set<String> PRESENT = Set.of(ONLINE, LOST);

  /**
   * A user or an anonymous client that reads.
   *
   * @param shown whom the reader is shown by {@code GET /api/presence}
   * @param visible which users on the own channel
   * @param room whom in a room where all targets are
   */
  record Reader(
      String name, List<String> friends, Set<String> shown, Set<String> visible, Set<String> room) {
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
        new Reader("exfriend", none, NOBODY, NOBODY, PRESENT),
        new Reader("blocked", TARGETS, NOBODY, NOBODY, NOBODY),
        new Reader("administrator", none, PRESENT, NOBODY, PRESENT));
  }

  private static String refusal(PhoenixClient client, String topic) {
    client.askToJoin(topic, "{}");
    return Frames.find(client, topic, "phx_reply").response().toString();
  }

  private String presence(TestToken token, String query) {
    return body(site().get("presence" + query, "Authorization", "Bearer " + token.text()));
  }

  private static String body(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /** Returns the answer for a user who is offline. */
  static String offline(String id) {
    return "{\"id\":\"" + id + "\",\"metas\":[]}";
  }

  private static String all(String... answers) {
    return "[" + String.join(",", answers) + "]";
  }

  private static Set<String> present(JsonObject state) {
    Set<String> present = new TreeSet<>(state.keySet());
    present.retainAll(TARGETS);
    return present;
  }

  /** Brings everyone into the state that their name says. */
  private void prepare(Clients clients) {
    for (String target : TARGETS) {
      String path = "users/vi-blocked/blocks/" + target;
      assertThat(site().asAdmin("PUT", path, "").statusCode()).isEqualTo(204);
    }
    clients.appear(ONLINE, "room:vi");
    PhoenixClient lost = clients.appear(LOST, "room:vi");
    Clients.show(clients.appear(HIDDEN, "room:vi"), HIDDEN, "nobody");
    lost.cut();
    endFriendship(clients);
  }

  /** A reader who will be an ex-friend sees the targets, until the friendship ends. */
  private void endFriendship(Clients clients) {
    TestToken before = TestToken.of("vi-exfriend").seeing(TARGETS.toArray(String[]::new));
    assertThat(presence(before, "/" + ONLINE)).contains("phx_ref");
    PhoenixClient friend = clients.connect(before);
    friend.join("user:vi-exfriend");
    assertThat(present(friend.next("user:vi-exfriend", "presence_state").payload()))
        .isEqualTo(PRESENT);
    String path = "users/vi-exfriend/friends/refresh";
    assertThat(site().asAdmin("POST", path, "").statusCode()).isEqualTo(204);
    assertThat(friend.closeCode()).isEqualTo(4001);
  }

  @Test
  default void everyReaderIsShownWhatTheTableSaysOnEveryPath() {
    try (Clients clients = new Clients(this)) {
      prepare(clients);
      for (Reader reader : readers()) {
        assertShownByTheApi(reader);
        assertShownOnChannels(clients.connect(reader.token()), reader);
      }
      assertThat(presence(TestToken.of(HIDDEN), "/" + HIDDEN)).contains("phx_ref");
      assertAnonymousIsShownNobody(clients.connect());
    }
  }

  private void assertShownByTheApi(Reader reader) {
    for (String target : TARGETS) {
      String answer = presence(reader.token(), "/" + target);
      if (reader.shown().contains(target)) {
        assertThat(answer).as("%s, %s", reader.name(), target).contains("phx_ref");
      } else {
        assertThat(answer).as("%s, %s", reader.name(), target).isEqualTo(offline(target));
      }
      assertThat(presence(reader.token(), "?user=" + target)).isEqualTo(all(answer));
    }
  }

  private static void assertShownOnChannels(PhoenixClient client, Reader reader) {
    String own = reader.id();
    client.join("user:" + own);
    assertThat(present(client.next("user:" + own, "presence_state").payload()))
        .as("the channel of the %s", reader.name())
        .isEqualTo(reader.visible());
    client.askToJoin("room:vi", "{}");
    assertThat(present(Frames.find(client, "room:vi", "presence_state").payload()))
        .as("the room, for the %s", reader.name())
        .isEqualTo(reader.room());
    assertEachIsRefusedAlike(client);
  }

  private static void assertEachIsRefusedAlike(PhoenixClient client) {
    for (String target : TARGETS) {
      for (String topic : List.of("user:", "user_presence:")) {
        assertThat(refusal(client, topic + target)).isEqualTo("{\"reason\":\"unauthorized\"}");
      }
    }
  }

  private void assertAnonymousIsShownNobody(PhoenixClient client) {
    for (String target : TARGETS) {
      assertThat(body(site().get("presence/" + target))).isEqualTo(offline(target));
    }
    assertThat(body(site().get("presence?user=" + String.join("&user=", TARGETS))))
        .isEqualTo(all(TARGETS.stream().map(id -> offline(id)).toArray(String[]::new)));
    assertThat(refusal(client, "room:vi")).isEqualTo("{\"reason\":\"unauthorized\"}");
    assertThat(refusal(client, "room:vi-empty")).isEqualTo("{\"reason\":\"unauthorized\"}");
    assertEachIsRefusedAlike(client);
    client.heartbeat();
  }
}
