package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.EventClient;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** Counts as server-sent events. Holds where {@code rollcall.origins=https://ok.example}. */
interface EventContract extends Deployed {
  private EventClient listen(String path, String... headers) {
    EventClient client = EventClient.listen(site(), path, headers);
    assertThat(client.status()).isEqualTo(200);
    return client;
  }

  private void awaitCount(String topic, int viewers, int users) {
    Await.until(
        () ->
            assertThat(site().get("counts/" + topic).body())
                .contains("\"viewers\":{\"count\":" + viewers + "},\"users\":{\"count\":" + users));
  }

  @Test
  default void aListenerIsToldTheCountAtOnceAndAtEachChange() {
    try (EventClient listener = listen("counts/count:ev1/events");
        PhoenixClient viewer = site().connect();
        PhoenixClient user = site().connect(TestToken.of("ev1-user"))) {
      EventClient.Event first = listener.next();
      assertThat(first.data()).isEqualTo(site().get("counts/count:ev1").body());
      assertThat(first.id()).isEqualTo("0-0");
      viewer.join("count:ev1");
      assertThat(listener.next().data()).contains("\"viewers\":{\"count\":1}");
      user.join("count:ev1");
      EventClient.Event both = listener.next("\"total\":2");
      assertThat(both.id()).isEqualTo("1-1");
      assertThat(both.data())
          .isEqualTo(site().get("counts/count:ev1").body())
          .doesNotContain("ev1-user");
    }
  }

  @Test
  default void oneStreamTellsUpToAHundredCountsEachOnce() {
    String topics =
        IntStream.range(0, 100)
            .mapToObj(i -> "topic=count:ev2-" + i)
            .collect(Collectors.joining("&"));
    try (EventClient listener = listen("counts/events?topic=count:ev2-7&" + topics);
        PhoenixClient viewer = site().connect()) {
      String told = "";
      for (int i = 0; i < 100; i++) {
        told += listener.next().data();
      }
      assertThat(told).contains("count:ev2-0\"").contains("count:ev2-99\"");
      viewer.join("count:ev2-41");
      EventClient.Event change = listener.next();
      assertThat(change.json().getString("topic")).isEqualTo("count:ev2-41");
      assertThat(change.json().getInt("total")).isEqualTo(1);
    }
    try (EventClient tooMany = EventClient.listen(site(), "counts/events?" + topics + "&topic=x")) {
      assertThat(tooMany.status()).isEqualTo(400);
    }
  }

  @Test
  default void aListenerIsCountedOnlyIfItAsksForItAndUntilItGoes() {
    try (EventClient watcher = listen("counts/count:ev3/events")) {
      assertThat(watcher.next().json().getInt("total")).isZero();
      String token = TestToken.of("ev3-user").text();
      try (EventClient viewer = listen("counts/count:ev3/events?track=true");
          EventClient user =
              listen("counts/count:ev3/events?track=true", "Authorization: Bearer " + token);
          EventClient page = listen("counts/count:ev3/events?track=true&token=" + token)) {
        assertThat(viewer.next().json().getInt("total")).isPositive();
        awaitCount("count:ev3", 1, 2);
        assertThat(watcher.next("\"total\":3").data()).doesNotContain("ev3-user");
        assertThat(user.next("\"total\":3").id()).isEqualTo(page.next("\"total\":3").id());
      }
      ServerLog log = new ServerLog();
      awaitCount("count:ev3", 0, 0);
      assertThat(log.text()).doesNotContain("ERROR", "SEVERE", "ClosedChannel");
    }
  }

  @Test
  default void aListenerThatComesBackIsToldWhatHasChanged() {
    String address = "counts/events?topic=count:ev4-a&topic=count:ev4-b";
    try (PhoenixClient viewer = site().connect()) {
      viewer.join("count:ev4-a");
      viewer.next("count:ev4-a", "presence_state");
      awaitCount("count:ev4-a", 1, 0);
      String last;
      try (EventClient listener = listen(address)) {
        listener.next();
        last = listener.next().id();
        assertThat(last).isEqualTo("1-0.0-0");
      }
      viewer.join("count:ev4-b");
      awaitCount("count:ev4-b", 1, 0);
      try (EventClient again = listen(address, "Last-Event-ID: " + last)) {
        assertThat(again.next().id()).isEqualTo("1-0.1-0");
      }
      try (EventClient nonsense = listen(address, "Last-Event-ID: 1-0.x;0-0.0-0")) {
        assertThat(nonsense.next().id()).isEqualTo("1-0.");
        assertThat(nonsense.next().id()).isEqualTo("1-0.1-0");
      }
    }
  }

  @Test
  default void cachesAndProxiesAreToldToHoldNothingBack() {
    try (EventClient listener = listen("counts/count:ev5/events")) {
      assertThat(listener.header("Content-Type")).startsWith("text/event-stream");
      assertThat(listener.header("Cache-Control")).contains("no-store").contains("no-transform");
      assertThat(listener.header("X-Accel-Buffering")).isEqualTo("no");
      assertThat(listener.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
      listener.next();
      assertThat(Integer.parseInt(listener.retry())).isBetween(1000, 3000);
    }
    try (EventClient head = EventClient.ask(site(), "HEAD", "counts/count:ev5/events")) {
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Type")).startsWith("text/event-stream");
    }
  }

  @Test
  default void aQuietStreamIsKeptAliveByComments() {
    try (EventClient listener = listen("counts/count:ev6/events?track=true")) {
      listener.next();
      listener.awaitComments(2);
    }
  }

  @Test
  default void pagesOfListedOriginsListenAndNoOthersDo() {
    try (EventClient listed = listen("counts/count:ev7/events", "Origin: https://ok.example")) {
      assertThat(listed.header("Access-Control-Allow-Origin")).isEqualTo("https://ok.example");
      assertThat(listed.header("Vary")).contains("Origin");
    }
    for (String header :
        new String[] {
          "Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"
        }) {
      try (EventClient other = EventClient.listen(site(), "counts/count:ev7/events", header)) {
        assertThat(other.status()).as(header).isEqualTo(403);
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
      }
    }
    try (EventClient asks =
        EventClient.ask(
            site(), "OPTIONS", "counts/count:ev7/events", "Origin: https://ok.example")) {
      assertThat(asks.status()).isEqualTo(204);
      assertThat(asks.header("Access-Control-Allow-Headers")).contains("Authorization");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, counts/room:ev8/events, 404",
    "GET, counts/count:/events, 404",
    "GET, counts/count:a%2Cb/events, 404",
    "GET, counts/events?topic=count:ev8&topic=user:ev8, 404",
    "GET, counts/events, 400",
    "GET, counts/count:ev8/events?track=yes, 400",
    "GET, counts/count:ev8/events?token=x, 401",
    "GET, counts/count:ev8/events?track=true&token=x, 401",
    "POST, counts/count:ev8/events, 405",
    "DELETE, counts/events, 405"
  })
  default void aWrongRequestIsAProblem(String method, String path, int status) {
    try (EventClient client = EventClient.ask(site(), method, path, "Content-Length: 0")) {
      assertThat(client.status()).isEqualTo(status);
      assertThat(client.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(client.header("Cache-Control")).contains("no-store");
    }
  }
}
