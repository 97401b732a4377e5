package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.FriendsApi;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** Requests that have to ask a slow source of friends hold up nobody else. */
interface SlowRequestContract extends Deployed {
  Logger LOG = System.getLogger(SlowRequestContract.class.getName());

  /** Returns the source. */
  FriendsApi api();

  /** The answers to requests that were sent all at once. */
  record Burst(List<HttpResponse<String>> answers, Map<Integer, Long> statuses) {}

  private CompletableFuture<HttpResponse<String>> askForPresence(HttpClient http, TestToken token) {
    HttpRequest request =
        HttpRequest.newBuilder(site().address("api/presence/ht9-friend"))
            .header("Authorization", "Bearer " + token.text())
            .timeout(Duration.ofSeconds(40))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  /** Sends requests, and reads a public count again and again until all are answered. */
  private Burst burst(Collection<TestToken> users, int each) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      users.forEach(token -> sent.add(askForPresence(http, token)));
    }
    CompletableFuture<?> all = CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    long slowest = 0;
    while (!all.isDone()) {
      long begin = System.nanoTime();
      assertThat(site().get("counts/count:ht9").statusCode()).isEqualTo(200);
      slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
    }
    List<HttpResponse<String>> answers = sent.stream().map(CompletableFuture::join).toList();
    Map<Integer, Long> statuses =
        answers.stream()
            .collect(
                Collectors.groupingBy(
                    HttpResponse::statusCode, TreeMap::new, Collectors.counting()));
    LOG.log(
        Level.INFO,
        "{0} requests of {1} users: {2}; counts meanwhile within {3} ms",
        answers.size(),
        users.size(),
        statuses,
        slowest);
    return new Burst(answers, statuses);
  }

  /** Answers after a while with nobody, and counts how many questions wait at once. */
  final class SlowAnswer implements FriendsApi.Answer {
    private final FriendsApi api;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger all = new AtomicInteger();

    SlowAnswer(FriendsApi api) {
      this.api = api;
    }

    @Override
    public void to(HttpExchange exchange) throws IOException {
      all.incrementAndGet();
      most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
      api.pause(200);
      waiting.decrementAndGet();
      FriendsApi.send(exchange, 200, "[]");
    }
  }

  @Test
  default void aUsersRequestsShareOneQuestionAndAreNotAsManyAsItLikes() {
    SlowAnswer slow = new SlowAnswer(api());
    api().answer("ht9-one", slow);
    Burst burst = burst(List.of(TestToken.of("ht9-one")), 300);
    assertThat(burst.statuses()).containsOnlyKeys(200, 429);
    assertThat(burst.statuses().get(200)).isBetween(32L, 200L);
    assertThat(slow.most).hasValue(1);
    assertThat(slow.all.get()).isLessThan(50);
    for (HttpResponse<String> answer : burst.answers()) {
      if (answer.statusCode() == 429) {
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.headers().firstValue("Content-Type"))
            .hasValue("application/problem+json");
        assertThat(answer.body()).contains("rollcall.limits.requests").doesNotContain("ht9");
      }
    }
    HttpResponse<String> later =
        site().get("presence/x", "Authorization", "Bearer " + TestToken.of("ht9-two").text());
    assertThat(later.statusCode()).isNotEqualTo(429);
  }

  @Test
  default void requestsOfManyUsersAskOnAFewThreads() {
    SlowAnswer slow = new SlowAnswer(api());
    List<TestToken> users = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      api().answer("ht11-" + i, slow);
      users.add(TestToken.of("ht11-" + i));
    }
    Burst burst = burst(users, 5);
    assertThat(burst.statuses()).containsOnlyKeys(200);
    assertThat(slow.most.get()).isBetween(2, 16);
    assertThat(slow.all.get()).isLessThan(200);
  }

  @Test
  default void aFriendshipThatEndedIsNotFoundByAQuestionThatBeganBefore() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    api().answer("ht12-bo", exchange -> FriendsApi.send(exchange, 200, "[]"));
    api()
        .answer(
            "ht12-al",
            exchange -> {
              asked.countDown();
              await(told);
              FriendsApi.send(exchange, 200, "[\"ht12-bo\"]");
            });
    String token = "Bearer " + TestToken.of("ht12-al").text();
    try (PhoenixClient bo = site().connect(TestToken.of("ht12-bo"))) {
      bo.join("user:ht12-bo");
      bo.next("user:ht12-bo", "presence_state");
      CompletableFuture<HttpResponse<String>> before =
          CompletableFuture.supplyAsync(
              () -> site().get("presence/ht12-bo", "Authorization", token));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      api().answer("ht12-al", exchange -> FriendsApi.send(exchange, 200, "[]"));
      assertThat(site().asAdmin("POST", "users/ht12-al/friends/refresh", "").statusCode())
          .isEqualTo(204);
      assertThat(site().get("presence/ht12-bo", "Authorization", token).body())
          .isEqualTo("{\"id\":\"ht12-bo\",\"metas\":[]}");
      told.countDown();
      before.join();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
