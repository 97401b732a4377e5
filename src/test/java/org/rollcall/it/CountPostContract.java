package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PlainRequest;

/**
 * Counts of topics that are sent in a body. Holds where {@code
 * rollcall.origins=https://ok.example}.
 */
interface CountPostContract extends Deployed {
  private HttpResponse<String> post(String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return site().send("POST", "counts", body, all);
  }

  private static String array(int number, String rest) {
    return IntStream.range(0, number)
        .mapToObj(i -> "\"count:cp-" + i + rest + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  @Test
  default void aHundredLongTopicsAreAnsweredInTheirOrder() {
    String rest = "x".repeat(185);
    try (PhoenixClient viewer = site().connect()) {
      viewer.join("count:cp-99" + rest);
      viewer.next("count:cp-99" + rest, "presence_state");
      HttpResponse<String> answer = post(array(100, rest));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/json");
      assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
      assertThat(answer.body())
          .startsWith("[{\"topic\":\"count:cp-0" + rest + "\",\"viewers\":{\"count\":0},")
          .endsWith(
              "{\"topic\":\"count:cp-99"
                  + rest
                  + "\",\"viewers\":{\"count\":1},\"users\":{\"count\":0},\"total\":1}]");
    }
  }

  @Test
  default void aPostIsAnsweredAsAGet() {
    assertThat(post("[\"count:cp-b\",\"count:cp-a\"]").body())
        .isEqualTo(site().get("counts?topic=count:cp-b&topic=count:cp-a").body());
    assertThat(post("[\"count:\\u0063p-b\"]").body())
        .isEqualTo(site().get("counts?topic=count:cp-b").body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "\"count:1\"",
        "7",
        "nonsense",
        "[\"count:1\"",
        "[\"count:1\"]]",
        "[\"count:1\"] [\"count:2\"]",
        "[\"count:1\",\"count:1\"]",
        "[\"count:1\",7]",
        "[null]",
        "[[\"count:1\"]]",
        "[{\"topic\":\"count:1\"}]",
        "[1e999999999]"
      })
  default void aBodyThatIsNoArrayOfTopicsIsRefused(String body) {
    assertProblem(post(body), 400);
  }

  @Test
  default void tooManyTooDeepAndTooLongIsRefused() {
    assertProblem(post(array(101, "")), 400);
    assertProblem(post("[".repeat(1001) + "]".repeat(1001)), 400);
    assertProblem(post("[" + "1".repeat(2000) + "]"), 400);
    // By HTTP/1.1, and hardly too long: what the server does not read must not end the connection.
    String tooLong = "[\"" + "x".repeat(100 * (200 * 6 + 16)) + "\"]";
    HttpContract.assertProblem(
        PlainRequest.send(
            site(), "POST", "counts", tooLong, List.of("Content-Type: application/json")),
        413);
    assertProblem(site().send("POST", "counts", "", "Content-Type", "application/json"), 400);
  }

  @Test
  default void onlyTopicsOfCountsAndOnlyJsonAreTaken() {
    for (String topic : new String[] {"room:1", "user:1", "count:", "count:a,b", "count:\u202ea"}) {
      assertProblem(post("[\"count:1\",\"" + topic + "\"]"), 404);
    }
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      assertProblem(site().send("POST", "counts", "[\"count:1\"]", "Content-Type", type), 415);
    }
  }

  @Test
  default void pagesOfListedOriginsMayAskAndRead() {
    HttpResponse<String> asked =
        site()
            .send(
                "OPTIONS",
                "counts",
                "",
                "Origin",
                "https://ok.example",
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type");
    assertThat(asked.statusCode()).isEqualTo(204);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://ok.example");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET, POST");
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("If-None-Match, Content-Type");
    HttpResponse<String> read = post("[\"count:1\"]", "Origin", "https://ok.example");
    assertThat(read.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://ok.example");
    HttpResponse<String> foreign = post("[\"count:1\"]", "Origin", "https://evil.example");
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }
}
