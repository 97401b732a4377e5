package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.RawConnection.Answer;

/** The answers to probes and load balancers, and to strangers, of a node that serves. */
interface HealthContract extends Deployed {
  String LIVE =
      """
      {"status":"UP","checks":[{"name":"timer","status":"UP","data":{"state":"running"}}]}""";
  String READY =
      """
      {"status":"UP","checks":[{"name":"node","status":"UP","data":{"state":"started"}},\
      {"name":"clients","status":"UP","data":{"state":"serving"}},\
      {"name":"cluster","status":"UP","data":{"state":"connected"}}]}""";

  private Answer health(String method, String path, String... headers) {
    return PlainRequest.to(site(), method, path, "", List.of(headers));
  }

  @Test
  default void aNodeThatServesIsUpToEveryoneInTheFormatOfMicroProfileHealth() {
    for (String headers :
        List.of(
            "Accept: text/html", "Authorization: Bearer wrong", "Origin: https://evil.example")) {
      Answer live = health("GET", "health/live", headers);
      assertThat(live.status()).isEqualTo(200);
      assertThat(live.body()).isEqualTo(LIVE);
      Answer ready = health("GET", "health/ready", headers);
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.body()).isEqualTo(READY);
      assertThat(ready.header("Content-Type").get(0)).startsWith("application/json");
      assertThat(ready.header("Cache-Control")).containsExactly("no-store");
      assertThat(ready.header("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(ready.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(ready.header("Set-Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"health/live", "health/ready"})
  default void aProbeByHeadGetsTheHeadAlone(String path) {
    Answer head = health("HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("Content-Length"))
        .containsExactly("" + (path.endsWith("live") ? LIVE : READY).length());
    assertThat(head.header("Cache-Control")).containsExactly("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "FOO", "get"})
  default void healthCanOnlyBeRead(String method) {
    // Payara takes no body with DELETE.
    List<String> bodies =
        method.equals("DELETE") ? List.of("") : List.of("", "{\"status\":\"DOWN\"}");
    for (String body : bodies) {
      Answer refused = PlainRequest.to(site(), method, "health/ready", body, List.of());
      HttpContract.assertProblem(refused, 405);
      assertThat(refused.header("Allow")).containsExactly("GET, HEAD, OPTIONS");
    }
  }

  @Test
  default void healthSaysWhichMethodsItTakes() {
    Answer asked = health("OPTIONS", "health/live");
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Allow")).containsExactly("GET, HEAD, OPTIONS");
    assertThat(asked.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "health",
        "health/",
        "health/nothing",
        "health/live/",
        "health/ready/more",
        "health/started",
        "health/live;x=1",
        "health//live",
        "health/%6cive"
      })
  default void noOtherAddressIsHealth(String path) {
    Answer answer = health("GET", path);
    HttpContract.assertProblem(answer, 404);
    assertThat(health("POST", path).status()).isEqualTo(404);
  }
}
