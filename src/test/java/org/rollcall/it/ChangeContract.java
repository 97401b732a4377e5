package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.Relay;
import org.rollcall.testing.TestToken;

/** The effects of an administrator's change once it is answered, with a slow database. */
interface ChangeContract extends Deployed {
  /** Returns the way to the database. */
  Relay way();

  private int put(String path, String body) {
    return site().asAdmin("PUT", path, body).statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE users/ma14-bo/friends/ma14-al",
        "PUT users/ma14-bo/friends []",
        "PUT users/ma14-bo/blocks/ma14-al",
        "PUT users/ma14-al/blocks/ma14-bo",
      })
  default void onceTheAnswerIsThereTheUserIsToldNothingMore(String request) {
    String[] parts = request.split(" ", 3);
    // As far away as a database in another place.
    way().delay(Duration.ofMillis(30));
    assertThat(put("users/ma14-bo/friends", "[]")).isEqualTo(204);
    try (PhoenixClient al = site().connect(TestToken.of("ma14-al"));
        PhoenixClient bo = site().connect(TestToken.of("ma14-bo"))) {
      PhoenixClient.Joined own = al.join("user:ma14-al");
      Frames.find(al, "user_presence:ma14-al", "presence_diff");
      bo.join("user:ma14-bo");
      Frames.find(bo, "user_presence:ma14-bo", "presence_diff");
      for (int round = 0; round < 5; round++) {
        site().asAdmin("DELETE", "users/ma14-bo/blocks/ma14-al", "");
        assertThat(put("users/ma14-bo/friends", "[\"ma14-al\"]")).isEqualTo(204);
        assertThat(bo.next("user_presence:ma14-al", "presence_diff").leaves()).isEmpty();
        String body = parts.length > 2 ? parts[2] : "";
        assertThat(site().asAdmin(parts[0], parts[1], body).statusCode()).isEqualTo(204);
        String ref = al.push(own, "update", "{\"mood\":\"" + round + "\"}");
        assertThat(Frames.reply(al, ref).status()).isEqualTo("ok");
        assertThat(bo.next("user_presence:ma14-al", "presence_diff").joins()).isEmpty();
        bo.heartbeat();
      }
    } finally {
      way().delay(Duration.ZERO);
      site().asAdmin("DELETE", "users/ma14-bo/blocks/ma14-al", "");
    }
  }

  @Test
  default void ofListsThatArePutAtOnceOneStays() throws Exception {
    List<String> lists = List.of("[\"a\",\"b\"]", "[\"b\",\"c\"]", "[\"d\"]", "[]");
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      for (int round = 0; round < 5; round++) {
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          String list = lists.get(i % lists.size());
          answers.add(threads.submit(() -> put("users/ma13-al/friends", list)));
        }
        for (Future<Integer> answer : answers) {
          assertThat(answer.get()).isEqualTo(204);
        }
        assertThat(site().asAdmin("GET", "users/ma13-al/friends", "").body()).isIn(lists);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
