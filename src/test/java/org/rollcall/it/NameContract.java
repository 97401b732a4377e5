package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.TestToken;

/**
 * Which texts are names of topics and users, on every path alike. Holds where friends stand in
 * tokens.
 */
interface NameContract extends Deployed {
  /** Texts with joiners and tags where languages and emoji have them. */
  List<String> NAMES =
      List.of(
          // Persian: I want. Ten, in its digits, and a plural.
          "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
          "\u06F1\u06F0\u200C\u0647\u0627",
          // Malayalam.
          "\u0D05\u0D35\u0D28\u0D4D\u200D\u0D31\u0D46",
          // A family, a woman at a computer, a heart on fire, the flag of England.
          "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
          "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB",
          "\u2764\uFE0F\u200D\uD83D\uDD25",
          "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F");

  /** Texts that are no names. */
  List<String> NO_NAMES =
      List.of(
          "a,b",
          "a\"b",
          "a\\b",
          "a\u0007b",
          "a\u0085b",
          "a\u2028b",
          "\u200Da",
          "a\u200C",
          "a\u200D\u200Db",
          "a\u200D b",
          "a\u202Eb",
          "a\u2067b",
          "a\uFEFFb",
          "a\u00ADb",
          "a\u200Bb",
          "a\uDB40\uDC67b",
          "x".repeat(200),
          "x".repeat(5000));

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
    return json.append('"').toString();
  }

  @Test
  default void joinersAreNamedInsideWordsAndEmojiOnEveryPath() {
    for (String name : NAMES) {
      TestToken token = TestToken.of(name);
      try (PhoenixClient client = site().connect(token)) {
        client.join("user:" + name);
        assertThat(client.next("user:" + name, "presence_state").payload()).isEmpty();
        assertThat(client.next("user_presence:" + name, "presence_diff").joins())
            .containsOnlyKeys(name);
        client.join("room:" + name);
        client.next("room:" + name, "presence_state");
        assertThat(client.next("room:" + name, "presence_diff").joins()).containsOnlyKeys(name);
        client.join("count:" + name);
        client.next("count:" + name, "presence_state");
        Await.until(
            () ->
                assertThat(site().get("counts/count:" + encoded(name)).body())
                    .startsWith("{\"topic\":\"count:" + name + "\",")
                    .endsWith("\"total\":1}"));
        assertThat(site().get("counts?topic=count:" + encoded(name)).body())
            .startsWith("[{\"topic\":\"count:" + name + "\",")
            .endsWith("\"total\":1}]");
        String bearer = "Bearer " + token.text();
        assertThat(site().get("presence/" + encoded(name), "Authorization", bearer).body())
            .startsWith("{\"id\":\"" + name + "\",\"metas\":[{");
        assertThat(site().asAdmin("DELETE", "users/" + encoded(name) + "/sockets", "").statusCode())
            .isEqualTo(204);
        assertThat(client.closeCode()).isEqualTo(1001);
      }
    }
  }

  @Test
  default void noNameCanBeJoinedOrIsCounted() {
    for (String name : NO_NAMES) {
      String topic = encoded("count:" + name);
      assertNotFound("counts?topic=count:ok&topic=" + topic);
      // Servers refuse these in a path by themselves.
      if (!name.contains("\\") && !name.contains("\u0007")) {
        assertNotFound("counts/" + topic);
      }
    }
    try (PhoenixClient client = site().connect(TestToken.of("nm2"))) {
      List<String> topics =
          NO_NAMES.stream()
              .flatMap(name -> Stream.of("count:" + name, "room:" + name, "nothing:" + name))
              .toList();
      for (String topic : topics) {
        client.sendText("[\"11\",\"1\"," + json(topic) + ",\"phx_join\",{}]");
      }
      for (int i = 0; i < topics.size(); i++) {
        Frame reply = client.next();
        assertThat(topics).contains(reply.topic());
        assertThat(reply.event()).isEqualTo("phx_reply");
        assertThat(reply.joinRef()).isNull();
        assertThat(reply.response()).hasToString("{\"reason\":\"invalid topic\"}");
      }
      client.heartbeat();
    }
  }

  private void assertNotFound(String path) {
    // By HTTP/1.1: of a long path in HTTP/2, Payara makes an error of the protocol.
    HttpContract.assertProblem(PlainRequest.send(site(), "GET", path), 404);
  }

  @Test
  default void noNameIsAUser() {
    for (String name : List.of("\u200Da", "a\u200C", "a\u200D\u200Db", "a\u202Eb", "a\uFEFFb")) {
      String bearer = "Bearer " + TestToken.of(name).text();
      assertThat(site().get("presence/nm3", "Authorization", bearer).statusCode()).isEqualTo(401);
    }
  }
}
