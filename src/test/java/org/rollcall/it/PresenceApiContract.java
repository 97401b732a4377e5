package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** Who is online, as plain JSON. Holds where friends stand in tokens. */
interface PresenceApiContract extends Deployed {
  private HttpResponse<String> get(TestToken token, String path) {
    return site().get(path, "Authorization", "Bearer " + token.text());
  }

  private static Frame appear(PhoenixClient client, String id) {
    client.join("user:" + id, "{\"meta\":{\"device\":\"desk\"}}");
    client.next("user:" + id, "presence_state");
    return client.next("user_presence:" + id, "presence_diff");
  }

  @Test
  default void aFriendAndAnAdministratorAreShownTheMetas() {
    try (PhoenixClient al = site().connect(TestToken.of("pa1-al"))) {
      Frame own = appear(al, "pa1-al");
      String ref = Frame.meta(own.joins(), "pa1-al").getString("phx_ref");
      for (TestToken token :
          new TestToken[] {
            TestToken.of("pa1-bo").seeing("pa1-al"),
            TestToken.of("pa1-al"),
            TestToken.of("pa1-admin").in(TestToken.ADMIN)
          }) {
        HttpResponse<String> answer = get(token, "presence/pa1-al");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body())
            .startsWith("{\"id\":\"pa1-al\",\"metas\":[{")
            .contains("\"device\":\"desk\"")
            .contains("\"online_at\":\"")
            .contains("\"phx_ref\":\"" + ref + "\"");
      }
    }
  }

  @Test
  default void toEveryoneElseAUserIsOfflineToTheLetter() {
    try (PhoenixClient al = site().connect(TestToken.of("pa2-al"))) {
      appear(al, "pa2-al");
      TestToken friend = TestToken.of("pa2-bo").seeing("pa2-al", "pa2-zz");
      TestToken stranger = TestToken.of("pa2-cy").seeing("pa2-bo");
      HttpResponse<String> offline = get(friend, "presence/pa2-zz");
      assertThat(offline.body()).isEqualTo("{\"id\":\"pa2-zz\",\"metas\":[]}");
      assertSameButTheId(get(stranger, "presence/pa2-al"), offline);
      assertSameButTheId(site().get("presence/pa2-al"), offline);
      assertSameButTheId(site().get("presence/pa2-zz"), offline);
      assertThat(get(stranger, "presence?user=pa2-al&user=pa2-zz").body())
          .isEqualTo("[{\"id\":\"pa2-al\",\"metas\":[]},{\"id\":\"pa2-zz\",\"metas\":[]}]");
    }
  }

  private static void assertSameButTheId(
      HttpResponse<String> answer, HttpResponse<String> offline) {
    assertThat(answer.statusCode()).isEqualTo(offline.statusCode());
    assertThat(answer.body().replace("pa2-al", "pa2-zz")).isEqualTo(offline.body());
    assertThat(answer.headers().map().keySet()).isEqualTo(offline.headers().map().keySet());
    assertThat(answer.headers().firstValue("Content-Length"))
        .isEqualTo(offline.headers().firstValue("Content-Length"));
  }

  @Test
  default void severalUsersComeInTheOrderAsked() {
    try (PhoenixClient al = site().connect(TestToken.of("pa3-al"))) {
      appear(al, "pa3-al");
      TestToken friend = TestToken.of("pa3-bo").seeing("pa3-al");
      assertThat(get(friend, "presence?user=pa3-x&user=pa3-al&user=pa3-y").body())
          .startsWith("[{\"id\":\"pa3-x\",\"metas\":[]},{\"id\":\"pa3-al\",\"metas\":[{")
          .endsWith("}]},{\"id\":\"pa3-y\",\"metas\":[]}]");
      assertThat(get(friend, "presence?user=pa3-x" + "&user=pa3-al".repeat(99)).body())
          .as("each user once")
          .containsOnlyOnce("\"id\":\"pa3-al\"");
      assertThat(get(friend, "presence").statusCode()).isEqualTo(400);
      assertThat(get(friend, "presence?" + "user=1&".repeat(101)).statusCode()).isEqualTo(400);
    }
  }

  @Test
  default void aWrongTokenIsAProblem() {
    String wrong = TestToken.of("pa4").signedWith("another key, also of 32 bytes or so");
    for (String value : new String[] {"Bearer " + wrong, "Bearer ", "Basic YTpi", "nonsense"}) {
      HttpResponse<String> answer = site().get("presence/pa4", "Authorization", value);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
    }
  }
}
