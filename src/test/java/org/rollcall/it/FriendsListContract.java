package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.TestToken;

/** An administrator's lists of friends. Holds where {@code rollcall.friends=managed}. */
interface FriendsListContract extends Deployed {
  private int put(String path, String body) {
    return site().asAdmin("PUT", path, body).statusCode();
  }

  private String friends(String id) {
    return site().asAdmin("GET", "users/" + id + "/friends", "").body();
  }

  @Test
  default void anAdministratorEditsTheList() {
    assertThat(friends("ma1")).isEqualTo("[]");
    assertThat(put("users/ma1/friends", "[\"c\",\"a\",7,\"a\"]")).isEqualTo(204);
    assertThat(friends("ma1")).isEqualTo("[\"7\",\"a\",\"c\"]");
    assertThat(put("users/ma1/friends/b", "")).isEqualTo(204);
    assertThat(put("users/ma1/friends/b", "")).isEqualTo(204);
    assertThat(site().asAdmin("DELETE", "users/ma1/friends/a", "").statusCode()).isEqualTo(204);
    assertThat(site().asAdmin("DELETE", "users/ma1/friends/a", "").statusCode()).isEqualTo(204);
    assertThat(friends("ma1")).isEqualTo("[\"7\",\"b\",\"c\"]");
    assertThat(put("users/ma1/friends", "[\"z\"]")).isEqualTo(204);
    assertThat(friends("ma1")).isEqualTo("[\"z\"]");
    assertThat(friends("z")).isEqualTo("[]");
    assertThat(put("users/ma1/friends", "[]")).isEqualTo(204);
    assertThat(friends("ma1")).isEqualTo("[]");
  }

  @Test
  default void aBadListIsRefusedAsAWhole() {
    assertThat(put("users/ma4/friends", "[\"good\"]")).isEqualTo(204);
    for (String body :
        new String[] {
          "[\"a,b\"]",
          "[\"ok\",\"\"]",
          "[null]",
          "[1.5]",
          "[[]]",
          "{}",
          "nonsense",
          "[\"ok\"] [\"more\"]",
          "[\"ok\"]x",
          "[".repeat(1001),
          "[" + "1".repeat(2000) + "]",
          "[\"__proto__\"]",
          "[\"ok\"] [\"more\"]",
          "[\"ok\"]x",
          "[\"ok\"],",
          "[\"ok\"]]",
          "[]0",
          "[".repeat(1_500) + "]".repeat(1_500),
          "[" + "7".repeat(2_000) + "]",
          "[1e2000000000]",
          "[\"" + "x".repeat(129) + "\"]"
        }) {
      HttpResponse<String> answer = site().asAdmin("PUT", "users/ma4/friends", body);
      assertThat(answer.statusCode()).as(body).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(body)
          .startsWith("application/problem+json");
    }
    assertThat(put("users/ma4/friends/constructor", "")).isEqualTo(400);
    assertThat(put("users/a,b/friends/c", "")).isEqualTo(400);
    assertThat(friends("ma4")).isEqualTo("[\"good\"]");
  }

  @Test
  default void nobodyElseSeesOrEditsTheList() {
    String path = "users/ma5/friends";
    String user = "Bearer " + TestToken.of("ma5").text();
    for (String method : new String[] {"GET", "PUT"}) {
      String body = method.equals("PUT") ? "[]" : "";
      String type = "application/json";
      assertThat(site().send(method, path, body, "Content-Type", type).statusCode()).isEqualTo(401);
      HttpResponse<String> known =
          site().send(method, path, body, "Content-Type", type, "Authorization", user);
      assertThat(known.statusCode()).isEqualTo(403);
    }
  }
}
