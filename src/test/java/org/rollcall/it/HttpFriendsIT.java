package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.DrippingServer;
import org.rollcall.testing.FriendsApi;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** A Rollcall that asks the social network's API, of at most 1,000 friends, for at most 1 s. */
@Tag("long")
final class HttpFriendsIT extends OnServer implements SlowFriendsContract, SlowRequestContract {
  private static final FriendsApi API = new FriendsApi();
  private static final DrippingServer FRONT = new DrippingServer(API.port());

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends", "http",
            "rollcall.friends.url", FRONT.address("/people/{id}/friends"),
            "rollcall.friends.authorization", FriendsApi.AUTHORIZATION,
            "rollcall.friends.timeout", "PT1S",
            "rollcall.friends.limit", "1000"));
  }

  @Override
  public FriendsApi api() {
    return API;
  }

  @AfterAll
  static void theLogHoldsNeitherTokensNorUsers() {
    FRONT.close();
    API.close();
    ServerLog.assertSilentAbout(
        "ht1-al",
        "ht2/../b",
        "ht2%2F",
        "ht3-broken",
        "ht5-late",
        "ht6-large",
        "ht7-html",
        "ht8-al",
        "ht9-al",
        "ht10-al",
        FriendsApi.AUTHORIZATION);
  }

  /** Joins; from the own diff on, others see the user. */
  private static JsonObject join(PhoenixClient client, String id) {
    client.join("user:" + id);
    JsonObject state = client.next("user:" + id, "presence_state").payload();
    client.next("user_presence:" + id, "presence_diff");
    return state;
  }

  private void assertUnavailable(String id, FriendsApi.Answer answer) {
    API.answer(id, answer);
    try (PhoenixClient client = site().connect(TestToken.of(id))) {
      assertThat(client.refused("user:" + id, "{}").response())
          .as(id)
          .hasToString("{\"reason\":\"friends unavailable\"}");
      client.heartbeat();
    }
  }

  private static FriendsApi.Answer sends(int status, String body) {
    return exchange -> FriendsApi.send(exchange, status, body);
  }

  @Test
  void stringsAndNumbersAreFriends() {
    API.answer("ht1-al", sends(200, " [\"ht1-bo\", 42, \"4\\u0032\"] "));
    API.answer("42", sends(200, "[]"));
    API.answer("ht1-bo", sends(200, "[]"));
    try (PhoenixClient number = site().connect(TestToken.of("42"));
        PhoenixClient bo = site().connect(TestToken.of("ht1-bo"));
        PhoenixClient al = site().connect(TestToken.of("ht1-al"))) {
      assertThat(join(number, "42")).isEmpty();
      assertThat(join(bo, "ht1-bo")).isEmpty();
      assertThat(join(al, "ht1-al")).containsOnlyKeys("42", "ht1-bo");
    }
  }

  @Test
  void aUserIdCannotLeadElsewhere() {
    API.answer("ht2%2F..%2Fb%3Fc%23%20%C3%A9", sends(200, "[]"));
    String id = "ht2/../b?c# \u00e9";
    try (PhoenixClient client = site().connect(TestToken.of(id))) {
      assertThat(join(client, id)).isEmpty();
    }
  }

  @Test
  void anyOtherStatusIsUnavailable() {
    assertUnavailable("ht3-broken", sends(500, "[]"));
    assertUnavailable("ht3-missing", sends(404, "[]"));
    assertUnavailable("ht3-created", sends(201, "[]"));
  }

  @Test
  void aRedirectIsNotFollowed() {
    API.answer("ht4-target", sends(200, "[]"));
    assertUnavailable(
        "ht4-redirect",
        exchange -> {
          String target = API.address().replace("{id}", "ht4-target");
          exchange.getResponseHeaders().set("Location", target);
          FriendsApi.send(exchange, 302, "[]");
        });
  }

  @Test
  void aLateAnswerIsUnavailable() {
    assertUnavailable(
        "ht5-late",
        exchange -> {
          if (!API.pause(3000)) {
            FriendsApi.send(exchange, 200, "[]");
          }
        });
    assertUnavailable("ht5-trickle", API::trickle);
  }

  @Test
  void aTooLargeAnswerIsUnavailable() {
    assertUnavailable("ht6-large", sends(200, "[" + " ".repeat(200_000) + "]"));
    assertUnavailable("ht6-many", sends(200, FriendsApi.ids(1001)));
    API.answer("ht6-just", sends(200, FriendsApi.ids(1000)));
    try (PhoenixClient client = site().connect(TestToken.of("ht6-just"))) {
      assertThat(join(client, "ht6-just")).isEmpty();
    }
  }

  @Test
  void aRefreshAsksTheApiAgain() {
    API.answer("ht8-al", sends(200, "[\"ht8-bo\"]"));
    API.answer("ht8-bo", sends(200, "[]"));
    API.answer("ht8-cy", sends(200, "[]"));
    try (PhoenixClient bo = site().connect(TestToken.of("ht8-bo"));
        PhoenixClient cy = site().connect(TestToken.of("ht8-cy"));
        PhoenixClient al = site().connect(TestToken.of("ht8-al"))) {
      join(bo, "ht8-bo");
      join(cy, "ht8-cy");
      assertThat(join(al, "ht8-al")).containsOnlyKeys("ht8-bo");
      API.answer("ht8-al", sends(200, "[\"ht8-cy\"]"));
      assertThat(site().asAdmin("POST", "users/ht8-al/friends/refresh", "").statusCode())
          .isEqualTo(204);
      Frames.assertSeesInstead(al, "ht8-bo", "ht8-cy");
      bo.disconnect();
      cy.disconnect();
      assertThat(al.next("user_presence:ht8-cy", "presence_diff").leaves()).hasSize(1);
      al.heartbeat();
      API.answer("ht8-al", sends(500, "[]"));
      assertThat(site().asAdmin("POST", "friends/refresh", "[\"ht8-al\"]").statusCode())
          .isEqualTo(204);
      assertThat(al.next("user:ht8-al", "phx_error").payload().getString("reason"))
          .isEqualTo("channel_crash");
    }
  }

  @Test
  void anAnswerThatIsNoArrayOfIdsIsUnavailable() {
    assertUnavailable("ht7-html", sends(200, "<html></html>"));
    assertUnavailable("ht7-object", sends(200, "{\"friends\":[]}"));
    assertUnavailable("ht7-null", sends(200, "[null]"));
    assertUnavailable("ht7-nested", sends(200, "[[\"1\"]]"));
    assertUnavailable("ht7-cut", sends(200, "[\"1\",\"2"));
    assertUnavailable("ht7-empty", sends(200, ""));
    assertUnavailable("ht7-more", sends(200, "[] []"));
  }

  @Test
  void numbersAndNestingPastTheParsersLimitsAreUnavailable() {
    assertUnavailable("ht9-digits", sends(200, "[" + "7".repeat(2_000) + "]"));
    assertUnavailable("ht9-exponent", sends(200, "[1e2000000000]"));
    assertUnavailable("ht9-depth", sends(200, "[".repeat(1_500) + "]".repeat(1_500)));
    for (String id : new String[] {"ht9-digits", "ht9-exponent", "ht9-depth"}) {
      assertThat(presenceOf(id)).isEqualTo(503);
      assertThat(site().asAdmin("GET", "users/" + id + "/friends", "").statusCode()).isEqualTo(503);
    }
  }

  private int presenceOf(String id) {
    String token = "Bearer " + TestToken.of(id).text();
    return site().get("presence/" + id, "Authorization", token).statusCode();
  }

  @Test
  void anIdOfDotsIsNoOtherFolder() {
    API.answer("ht10-bo", sends(200, "[]"));
    API.answer("ht10-cy", sends(200, "[]"));
    API.answer("%2E%2E", sends(200, "[\"ht10-bo\"]"));
    API.answer("%2E", sends(200, "[\"ht10-cy\"]"));
    try (PhoenixClient bo = site().connect(TestToken.of("ht10-bo"));
        PhoenixClient cy = site().connect(TestToken.of("ht10-cy"));
        PhoenixClient two = site().connect(TestToken.of(".."));
        PhoenixClient one = site().connect(TestToken.of("."))) {
      join(bo, "ht10-bo");
      join(cy, "ht10-cy");
      assertThat(join(two, "..")).containsOnlyKeys("ht10-bo");
      assertThat(join(one, ".")).containsOnlyKeys("ht10-cy");
    }
  }

  @Test
  void answersWithoutAnEndKeepNobodyFromJoining() {
    Map<String, PhoenixClient> clients = new TreeMap<>();
    try {
      // Twice as many as there are threads that ask.
      for (String way : DrippingServer.ways()) {
        for (String id : List.of("-1", "-2", "-3", "-4")) {
          clients.put("drip-" + way + id, site().connect(TestToken.of("drip-" + way + id)));
        }
      }
      clients.forEach((id, client) -> client.askToJoin("user:" + id, "{}"));
      clients.forEach(
          (id, client) ->
              assertThat(client.next("user:" + id, "phx_reply").reason())
                  .as(id)
                  .isEqualTo("friends unavailable"));
      assertThat(presenceOf("drip-extension")).isEqualTo(503);
      API.answer("ht11-al", sends(200, "[]"));
      try (PhoenixClient al = site().connect(TestToken.of("ht11-al"))) {
        assertThat(join(al, "ht11-al")).isEmpty();
      }
      // The JDK's client (17.0.15) keeps a connection on which nine answers of 1xx have come.
      Await.until(
          () ->
              assertThat(FRONT.connections()).allMatch(asked -> asked.matches(".*-(int|hint).*")));
    } finally {
      clients.values().forEach(PhoenixClient::close);
    }
  }
}
