package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** Counts as plain JSON. Holds where {@code rollcall.origins=https://ok.example}. */
interface CountApiContract extends Deployed {
  private static String zeros(String topic) {
    return "{\"topic\":\""
        + topic
        + "\",\"viewers\":{\"count\":0},\"users\":{\"count\":0},\"total\":0}";
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"status\":" + status).contains("\"title\":");
  }

  @Test
  default void anUnknownCountIsZeros() {
    HttpResponse<String> answer = site().get("counts/count:ca1");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.body()).isEqualTo(zeros("count:ca1"));
  }

  @Test
  default void aCountIsCachedUntilItChanges() {
    try (PhoenixClient viewer = site().connect();
        PhoenixClient user = site().connect(TestToken.of("ca2-user"))) {
      viewer.join("count:ca2");
      viewer.next("count:ca2", "presence_state");
      HttpResponse<String> first = site().get("counts/count:ca2");
      assertThat(first.body())
          .isEqualTo(
              "{\"topic\":\"count:ca2\",\"viewers\":{\"count\":1},\"users\":{\"count\":0},\"total\":1}");
      assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=1");
      String tag = first.headers().firstValue("ETag").orElseThrow();

      HttpResponse<String> same = site().get("counts/count:ca2", "If-None-Match", tag);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("ETag")).hasValue(tag);

      user.join("count:ca2");
      Await.until(
          "another count",
          () -> site().get("counts/count:ca2", "If-None-Match", tag).statusCode() == 200);
      assertThat(site().get("counts/count:ca2").body())
          .contains("\"total\":2")
          .doesNotContain("ca2-user");
    }
  }

  @Test
  default void severalCountsComeInTheOrderAsked() {
    HttpResponse<String> answer =
        site().get("counts?topic=count:ca3-b&topic=count:ca3-a&topic=count:ca3-b");
    assertThat(answer.body())
        .isEqualTo(
            "["
                + zeros("count:ca3-b")
                + ","
                + zeros("count:ca3-a")
                + ","
                + zeros("count:ca3-b")
                + "]");
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(
            site()
                .get(
                    "counts?topic=count:ca3-b&topic=count:ca3-a&topic=count:ca3-b",
                    "If-None-Match",
                    tag)
                .statusCode())
        .isEqualTo(304);
  }

  private static String topics(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "topic=count:ca4-" + i)
        .collect(Collectors.joining("&", "counts?", ""));
  }

  @Test
  default void atMostAHundredCountsAreAnswered() {
    assertThat(site().get(topics(100)).statusCode()).isEqualTo(200);
    assertProblem(site().get(topics(101)), 400);
    assertProblem(site().get("counts"), 400);
  }

  @Test
  default void onlyCountsAreAnswered() {
    for (String topic : new String[] {"room:ca5", "user:ca5", "user_presence:ca5", "count:", "x"}) {
      assertProblem(site().get("counts/" + topic), 404);
      assertProblem(site().get("counts?topic=count:ca5&topic=" + topic), 404);
    }
    assertProblem(site().get("nothing/here"), 404);
    assertProblem(site().send("POST", "counts/count:ca5", "{}"), 405);
  }

  @Test
  default void onlyPagesOfListedOriginsMayReadCounts() {
    HttpResponse<String> listed = site().get("counts/count:ca6", "Origin", "https://ok.example");
    assertThat(listed.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://ok.example");
    assertThat(listed.headers().firstValue("Vary").orElse("")).contains("Origin");
    HttpResponse<String> foreign = site().get("counts/count:ca6", "Origin", "https://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(200);
    assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin"))
        .isEqualTo(Optional.empty());
    HttpResponse<String> presence = site().get("presence/ca6", "Origin", "https://ok.example");
    assertThat(presence.headers().firstValue("Access-Control-Allow-Origin"))
        .isEqualTo(Optional.empty());
  }

  @Test
  default void aPageMayAskBeforeItReads() {
    HttpResponse<String> answer =
        site()
            .send(
                "OPTIONS",
                "counts/count:ca7",
                "",
                "Origin",
                "https://ok.example",
                "Access-Control-Request-Method",
                "GET");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("If-None-Match");
  }
}
