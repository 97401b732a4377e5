package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.PollClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.RawConnection.Answer;
import org.rollcall.testing.TestToken;

/** The metrics that processes on the node's machine can read, and nobody else. */
interface MetricsContract extends Deployed {
  private Answer metrics(String method, String path, String... headers) {
    return PlainRequest.to(site(), method, path, "", List.of(headers));
  }

  private String page() {
    return metrics("GET", "metrics").body();
  }

  private double number(String series) {
    return page()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series));
  }

  private Set<String> series() {
    return page()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }

  @Test
  default void aLocalProcessReadsTheMetricsInTheFormatThatItAsksFor() {
    Answer plain = metrics("GET", "metrics");
    assertThat(plain.status()).isEqualTo(200);
    assertThat(plain.header("Content-Type").get(0).replace(" ", "").toLowerCase(Locale.ROOT))
        .isEqualTo("text/plain;version=0.0.4;charset=utf-8");
    assertThat(plain.header("Cache-Control")).containsExactly("no-store");
    assertThat(plain.body())
        .contains("# TYPE rollcall_joins_total counter\n")
        .doesNotContain("EOF");
    Answer open =
        metrics("GET", "metrics", "Accept: application/openmetrics-text;version=1.0.0,*/*;q=0.1");
    assertThat(open.header("Content-Type").get(0).replace(" ", "").toLowerCase(Locale.ROOT))
        .isEqualTo("application/openmetrics-text;version=1.0.0;charset=utf-8");
    assertThat(open.body()).contains("# TYPE rollcall_joins counter\n").endsWith("# EOF\n");
    Answer head = metrics("HEAD", "metrics");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  default void joinsUpdatesAndLeavesOfAClientAreCounted() {
    String joins = "rollcall_joins_total{kind=\"room\"}";
    String leaves = "rollcall_leaves_total{kind=\"room\"}";
    double joined = number(joins);
    double left = number(leaves);
    double updated = number("rollcall_updates_total");
    double bytes = number("rollcall_sent_bytes_total{transport=\"websocket\"}");
    try (PhoenixClient client = site().connect(TestToken.of("mr-secret-user"))) {
      client.askToJoin("room:mr-secret-topic", "{}");
      client.heartbeatAmongOthers();
      assertThat(number(joins)).isGreaterThanOrEqualTo(joined + 1);
      assertThat(number("rollcall_users")).isGreaterThanOrEqualTo(1);
      assertThat(number("rollcall_sent_bytes_total{transport=\"websocket\"}"))
          .isGreaterThan(bytes + 100);
      assertThat(page()).doesNotContain("mr-secret");
    }
    Await.until(() -> assertThat(number(leaves)).isGreaterThanOrEqualTo(left + 1));
    assertThat(number("rollcall_updates_total")).isGreaterThanOrEqualTo(updated);
    assertThat(number("process_cpu_seconds_total")).isPositive();
  }

  @Test
  default void requestsThatAreRefusedAreCounted() {
    String requests = "rollcall_refused_requests_total{status=\"401\"}";
    String streams = "rollcall_refused_events_total{reason=\"no_count\"}";
    String bodies = "rollcall_refused_bodies_total{reason=\"too_long\"}";
    double refused = number(requests);
    double listeners = number(streams);
    double tooLong = number(bodies);
    PlainRequest.send(site(), "GET", "presence/mr", "Authorization: Bearer mr-wrong");
    PlainRequest.send(site(), "GET", "counts/room:mr/events");
    assertThat(PollClient.ask(site(), "POST", "", "x".repeat(1_000_000)).join().statusCode())
        .isEqualTo(413);
    assertThat(number(requests)).isGreaterThanOrEqualTo(refused + 1);
    assertThat(number(streams)).isGreaterThanOrEqualTo(listeners + 1);
    assertThat(number(bodies)).isGreaterThanOrEqualTo(tooLong + 1);
  }

  @Test
  default void changesOfCountsAreCountedAsTold() {
    String told = "rollcall_diffs_told_total{kind=\"count\"}";
    double before = number(told);
    try (PhoenixClient watcher = site().connect();
        PhoenixClient other = site().connect()) {
      watcher.join("count:mr-told");
      Frames.find(watcher, "count:mr-told", "presence_state");
      other.join("count:mr-told");
      Frames.find(watcher, "count:mr-told", "presence_diff");
      assertThat(number(told)).isGreaterThanOrEqualTo(before + 1);
    }
  }

  @Test
  default void noClientAddsASeries() {
    Set<String> before = series();
    try (PhoenixClient client = site().connect(TestToken.of("mr-many"))) {
      for (int i = 0; i < 100; i++) {
        client.askToJoin((i % 2 == 0 ? "room:mr-" : "mr-bad\u0000-") + i, "{\"meta\":" + i + "}");
      }
      client.heartbeatAmongOthers();
    }
    for (String path : List.of("counts/mr-%zz", "presence/mr", "mr-nothing")) {
      PlainRequest.send(site(), "GET", path, "Authorization: Bearer mr-wrong");
    }
    assertThat(series()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-For: ",
        "x-forwarded-for: 192.0.2.1",
        "X-Forwarded-Proto: https",
        "Forwarded: for=127.0.0.1",
        "Via: 1.1 proxy",
        "X-Real-IP: 127.0.0.1"
      })
  default void aRequestThatAProxyHasPassedOnIsNotLocal(String header) {
    Answer refused = metrics("GET", "metrics", header);
    HttpContract.assertProblem(refused, 403);
    assertThat(refused.body()).contains("rollcall.metrics").doesNotContain("rollcall_");
    TestToken admin = TestToken.of("mr").in(TestToken.ADMIN);
    String token = "Authorization: Bearer " + admin.text();
    HttpContract.assertProblem(metrics("GET", "metrics", header, token), 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "localhost.evil.example:8080", "192.0.2.1", "127.0.0.1.x"})
  default void aRequestForAnotherNameOfThisMachineIsNotLocal(String host) {
    try (RawConnection connection = RawConnection.to(site())) {
      Answer answer = connection.request("GET /rollcall/metrics HTTP/1.1", "Host: " + host);
      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "FOO"})
  default void metricsCanOnlyBeRead(String method) {
    String body = method.startsWith("P") ? "rollcall_joins_total 0" : "";
    Answer refused = PlainRequest.to(site(), method, "metrics", body, List.of());
    HttpContract.assertProblem(refused, 405);
    assertThat(refused.header("Allow")).containsExactly("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics/", "metrics/jvm", "metrics;x=1"})
  default void noOtherAddressHasMetrics(String path) {
    HttpContract.assertProblem(metrics("GET", path), 404);
  }
}
