package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Frame;
import org.rollcall.testing.GoldenFrames;
import org.rollcall.testing.Peer;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PollClient;
import org.rollcall.testing.ScenarioPlayer;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** Clients without WebSockets. Holds where {@code rollcall.origins=https://ok.example}. */
interface LongPollContract extends Deployed {
  String VERSION_2 = "vsn=2.0.0";

  private PollClient connect(String user) {
    return PollClient.connect(site(), TestToken.of(user));
  }

  private Peer peer(String vsn, Optional<String> user, List<String> friends) {
    return PollClient.connect(
        site(), vsn, user.map(id -> TestToken.of(id).seeing(friends.toArray(String[]::new))));
  }

  private static String heartbeat(int ref) {
    return "[null,\"" + ref + "\",\"phoenix\",\"heartbeat\",{}]";
  }

  private int status(String query, String... headers) {
    return PollClient.get(site(), query, headers).getInt("status");
  }

  /** All in which nobody says good-bye, for which a client that polls has no word. */
  static List<GoldenFrames.Scenario> scenariosWithoutGoodBye() {
    return GoldenFrames.read().stream()
        .filter(scenario -> scenario.steps().stream().noneMatch(step -> step.contains(" > close")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("scenariosWithoutGoodBye")
  default void anExampleOfTheProtocolPageHoldsByLongPollToo(GoldenFrames.Scenario scenario) {
    new ScenarioPlayer(this::peer).play(scenario);
  }

  @Test
  default void aHundredMessagesOfOneRequestAreAnsweredInTheirOrder() {
    PollClient client = connect("lp1");
    assertThat(
            client.post(
                IntStream.range(0, 100)
                    .mapToObj(LongPollContract::heartbeat)
                    .toArray(String[]::new)))
        .isEqualTo(200);
    for (int i = 0; i < 100; i++) {
      assertThat(Frame.of(client.next()).ref()).isEqualTo("" + i);
    }
    assertThat(
            client.post(
                IntStream.range(0, 101)
                    .mapToObj(LongPollContract::heartbeat)
                    .toArray(String[]::new)))
        .isEqualTo(400);
    assertThat(client.post(heartbeat(101))).isEqualTo(200);
    assertThat(Frame.of(client.next()).ref()).isEqualTo("101");
  }

  @Test
  default void aLineThatIsNeitherJsonNorABinaryMessageIsAnErrorAndTheSessionLives() {
    PollClient client = connect("lp2");
    byte[] push = "\0\0\2\7\11".concat("17phoenixheartbeat{}").getBytes(StandardCharsets.US_ASCII);
    assertThat(client.post("nonsense!", Base64.getEncoder().encodeToString(push))).isEqualTo(200);
    assertThat(Frame.of(client.next()).payload().getString("reason")).isEqualTo("malformed frame");
    assertThat(Frame.of(client.next()).ref()).isEqualTo("17");
  }

  @Test
  default void aSecondPollEndsTheFirstAndGetsTheFrames() {
    PollClient client = connect("lp3");
    CompletableFuture<JsonObject> first = client.poll();
    CompletableFuture<JsonObject> second = client.poll();
    CompletableFuture.anyOf(first, second).join();
    CompletableFuture<JsonObject> ended = first.isDone() ? first : second;
    assertThat(ended.join().getInt("status")).isEqualTo(204);
    assertThat(client.post(heartbeat(1))).isEqualTo(200);
    JsonObject answer = (ended == first ? second : first).join();
    assertThat(answer.getInt("status")).isEqualTo(200);
    assertThat(answer.getJsonArray("messages")).hasSize(1);
  }

  /** Up to 1.7 phoenix.js takes 410 for a new session with all its channels joined. */
  @ParameterizedTest
  @ValueSource(strings = {"lp-", "lp-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "lp-%00", "x&token=y"})
  default void aTokenThatIsNoneBringsTheClientBackAndOpensNothing(String token) {
    JsonObject answer = PollClient.get(site(), VERSION_2 + "&token=" + token);
    assertThat(answer.getInt("status")).isEqualTo(410);
    assertThat(status(VERSION_2 + "&token=" + answer.getString("token"))).isEqualTo(500);
    HttpResponse<String> posted =
        PollClient.ask(site(), "POST", VERSION_2 + "&token=" + token, heartbeat(1)).join();
    assertThat(posted.body()).isEqualTo("{\"status\":410}");
  }

  @Test
  default void theSameClientsAreRefusedAsByWebSocket() {
    String user = TestToken.of("lp4").text();
    assertThat(status("vsn=3.0.0")).isEqualTo(403);
    assertThat(status(VERSION_2 + "&token=nonsense")).isEqualTo(403);
    assertThat(status(VERSION_2, "X-Phoenix-AuthToken", "nonsense")).isEqualTo(403);
    assertThat(status(VERSION_2, "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(status(VERSION_2, "Sec-Fetch-Site", "cross-site")).isEqualTo(403);
    assertThat(status(VERSION_2, "Origin", "https://ok.example")).isEqualTo(410);
    assertThat(status(VERSION_2, "X-Phoenix-AuthToken", user)).isEqualTo(410);
    assertThat(status("a=b&")).isEqualTo(410);
  }

  @Test
  default void theTokenInTheHeaderSaysWhoTheClientIs() {
    String user = TestToken.of("lp5").text();
    JsonObject opened = PollClient.get(site(), VERSION_2, "X-Phoenix-AuthToken", user);
    String session = opened.getString("token");
    String join = "[\"1\",\"1\",\"user:lp5\",\"phx_join\",{}]";
    PollClient.ask(site(), "POST", VERSION_2, join, "X-Phoenix-LongPoll-Token", session).join();
    JsonObject answer =
        PollClient.get(site(), VERSION_2 + "&token=" + session, "X-Phoenix-AuthToken", user);
    assertThat(answer.getJsonArray("messages").getString(0)).contains("\"status\":\"ok\"");
  }

  @Test
  default void pagesOfListedOriginsReadTheAnswersAndNoOthersDo() {
    HttpResponse<String> asked =
        PollClient.ask(
                site(),
                "OPTIONS",
                VERSION_2,
                "",
                "Origin",
                "https://ok.example",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,x-phoenix-authtoken")
            .join();
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().map())
        .containsEntry("access-control-allow-origin", List.of("https://ok.example"))
        .containsEntry("access-control-allow-headers", List.of("content-type,x-phoenix-authtoken"))
        .containsEntry("access-control-max-age", List.of("3600"));
    for (String method : List.of("OPTIONS", "GET", "POST")) {
      HttpResponse<String> other =
          PollClient.ask(site(), method, VERSION_2, "", "Origin", "https://evil.example").join();
      assertThat(other.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "HEAD", "PATCH"})
  default void anotherMethodIsABadRequest(String method) {
    HttpResponse<String> answer = PollClient.ask(site(), method, VERSION_2, "").join();
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  default void anAdministratorEndsASessionAndItsPollIsAnsweredAtOnce() {
    PollClient client = connect("lp6");
    try (PhoenixClient friend = site().connect(TestToken.of("lp6-friend").seeing("lp6"))) {
      friend.join("user:lp6-friend");
      client.send("[\"1\",\"1\",\"user:lp6\",\"phx_join\",{}]");
      assertThat(client.next("presence_state").topic()).isEqualTo("user:lp6");
      Frames.find(friend, "user_presence:lp6", "presence_diff");
      CompletableFuture<JsonObject> waits = waiting(client);
      assertThat(site().asAdmin("DELETE", "users/lp6/sockets", "").statusCode()).isEqualTo(204);
      assertThat(waits.join().getInt("status")).isEqualTo(410);
      assertThat(client.post(heartbeat(1))).isEqualTo(410);
      assertThat(Frames.find(friend, "user_presence:lp6", "presence_diff").leaves()).hasSize(1);
    }
    ServerLog.assertSilentAbout(client.token());
  }

  /** Takes what waits, and returns a poll that finds nothing. */
  private static CompletableFuture<JsonObject> waiting(PollClient client) {
    client.send(heartbeat(77));
    while (!"77".equals(Frame.of(client.next()).ref())) {
      // The frames before.
    }
    return client.poll();
  }

  @Test
  default void aBodyThatIsNoUtf8OrTooLongIsRefusedAndTheSessionLives() {
    PollClient client = connect("lp7");
    assertThat(client.postAs("application/json", "x".repeat(1_000_000))).isEqualTo(413);
    assertThat(client.post(heartbeat(1))).isEqualTo(200);
    assertThat(Frame.of(client.next()).ref()).isEqualTo("1");
  }

  @Test
  default void aMessageThatIsTooLongEndsTheSession() {
    PollClient client = connect("lp8");
    assertThat(client.post("[\"" + "x".repeat(65_536) + "\"]")).isEqualTo(410);
    assertThat(client.poll().join().getInt("status")).isEqualTo(410);
  }
}
