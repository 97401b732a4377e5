package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** Rules against attackers. Holds where {@code rollcall.origins=https://ok.example}. */
interface SecurityContract extends Deployed {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../                      | same-origin",
        "../index.html            | same-origin",
        "../presence.js           | cross-origin",
        "../presence.d.ts         | cross-origin",
        "../widget.js             | cross-origin",
        "../widget.d.ts           | cross-origin",
        "../examples/             | same-origin",
        "../client/socket.js      | cross-origin",
        "../demo/demo.css         | same-origin",
        "../nothing/here          | same-origin",
        "../login                 | same-origin",
        "../login/callback        | same-origin",
        "../login/callback?code=a&state=b | same-origin",
        "../logout                | same-origin",
        "../oidc/backchannel-logout | same-origin",
        "session                  | same-origin",
        "token                    | same-origin",
        "visibility               | same-origin",
        "counts/count:sr1         | cross-origin",
        "counts/nothing:here      | cross-origin",
        "presence/7               | same-origin",
        "users/7/friends          | same-origin",
        "cluster                  | same-origin",
        "nothing/here             | same-origin",
      })
  default void everyAnswerHasItsHeaders(String path, String resourcePolicy) {
    HttpResponse<String> answer = site().get(path);
    assertHeader(answer, "X-Content-Type-Options", "nosniff");
    assertHeader(answer, "Referrer-Policy", "no-referrer");
    assertHeader(answer, "Cross-Origin-Resource-Policy", resourcePolicy);
    assertThat(answer.headers().allValues("Permissions-Policy")).hasSize(1);
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .hasSize(1)
        .allMatch(policy -> policy.contains("default-src 'none'"))
        .allMatch(policy -> policy.contains("frame-ancestors 'none'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../presence.d.ts", "../widget.d.ts"})
  default void pagesOfAnyOriginReadTheTypesAsText(String path) {
    HttpResponse<String> answer = site().get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("export ");
    assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith("text/");
    assertHeader(answer, "Access-Control-Allow-Origin", "*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../package.json", "../react.d.ts", "../README.md", "../LICENSE"})
  default void filesForNpmAloneAreNotServed(String path) {
    assertThat(site().get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../login", "../login/callback", "../logout"})
  default void aLogInThatNobodyHasSetUpIsNoErrorOfTheServer(String path) {
    HttpResponse<String> answer = site().get(path);
    assertThat(answer.statusCode()).isLessThan(500);
    assertThat(answer.body()).doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../examples/",
        "../examples",
        "../examples/index.html",
        "../examples/examples.js",
        "../examples/;x/",
        "../examples/%69ndex.html",
        "..//examples/index.html",
        "../demo/../examples/index.html",
        "../openapi/",
        "../openapi/index.html",
        "../openapi/openapi.js",
        "../openapi/ui/swagger-ui-bundle.js",
        "../openapi;x/index.html",
        "../openapi/%69ndex.html",
        "..//openapi/index.html",
      })
  default void thereAreNoExamplesWithoutTheDemo(String path) {
    HttpResponse<String> answer = site().get(path);
    assertThat(answer.statusCode()).isNotEqualTo(200);
    assertThat(answer.body()).doesNotContain("<rollcall-", "widget.js", "SwaggerUI");
  }

  private static void assertHeader(HttpResponse<String> answer, String name, String value) {
    assertThat(answer.headers().allValues(name)).as(name).containsExactly(value);
  }

  /**
   * A browser sends a site's cookies with the request of any page, so the page's origin decides.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none                      | 101",
        "http://{host}             | 403",
        "https://ok.example        | 101",
        "https://ok.example:443    | 101",
        "https://OK.example        | 101",
        "http://ok.example         | 403",
        "https://ok.example:8443   | 403",
        "https://ok.example.evil   | 403",
        "https://evil.example      | 403",
        "https://evil.example/{host} | 403",
        "http://{host}.evil.example | 403",
        "http://evil.{host}        | 403",
        "null                      | 403",
        "file://                   | 403",
        "''                        | 403",
      })
  default void aPageConnectsByItsOriginWhateverCookiesItBrings(
      @Nullable String origin, int status) {
    for (String cookies : new String[] {"", "Cookie: JSESSIONID=1234; token=5678"}) {
      String header =
          origin == null ? "X-None: 1" : "Origin: " + origin.replace("{host}", site().host());
      String more = cookies.isEmpty() ? "X-None: 2" : cookies;
      try (RawConnection connection = RawConnection.to(site())) {
        RawConnection.Answer answer = connection.handshake("vsn=2.0.0", header, more);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Set-Cookie")).isEmpty();
      }
    }
  }

  @Test
  default void aCookieMakesNobodyAUser() {
    String cookie = "Cookie: token=" + TestToken.of("sr-cookie").text();
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake("vsn=2.0.0", cookie).status()).isEqualTo(101);
      connection.sendText("[\"1\",\"1\",\"room:sr\",\"phx_join\",{}]");
      assertThat(connection.readText()).contains("unauthorized");
    }
    assertThat(site().get("cluster", "Cookie", "token=x").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | presence                                   | '' ",
        "GET    | counts                                     | '' ",
        "GET    | counts/%00                                 | '' ",
        "GET    | nothing                                    | '' ",
        "POST   | counts/count:1                             | {} ",
        "PUT    | users/7/friends                            | [1,{\"a\":  ",
        "PUT    | users/7/friends                            | {\"__proto__\":1} ",
        "PUT    | users/7/friends                            | nonsense ",
      })
  default void anErrorSaysNothingOfTheInside(String method, String path, String body) {
    HttpResponse<String> answer = site().asAdmin(method, path, body);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).doesNotContainIgnoringCase("exception", "java", "org.", "\tat ");
    if (!answer.headers().firstValue("Content-Type").orElse("").contains("problem")) {
      // The container refused the address before the API saw it.
      assertThat(answer.statusCode()).isIn(400, 404);
      return;
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      JsonObject problem = reader.readObject();
      assertThat(problem.keySet()).containsExactly("type", "title", "status", "detail");
    }
  }

  @Test
  default void theLogHoldsNeitherTokensNorUsers() {
    TestToken token = TestToken.of("sr-somebody-known").seeing("sr-friend-known");
    try (PhoenixClient client = site().connect(token)) {
      client.askToJoin("user:sr-somebody-known", "{}");
      client.askToJoin("room:sr-secret-room", "{\"meta\":{\"status\":\"sr-secret-status\"}}");
      client.askToJoin("user:sr-friend-known", "{}");
      client.sendText("[null,\"1\",\"user:sr-somebody-known\",\"\",");
      client.heartbeatAmongOthers();
    }
    String wrong = token.signedWith("another key, also of 32 bytes or so");
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake("vsn=2.0.0&token=" + wrong).status()).isEqualTo(403);
    }
    site().get("presence/sr-friend-known", "Authorization", "Bearer " + wrong);
    site().get("presence/sr-friend-known", "Authorization", "Bearer " + token.text());
    site().asAdmin("PUT", "users/sr-somebody-known/friends", "[\"sr-friend-known\"]");
    site().asAdmin("DELETE", "users/sr-somebody-known/sockets", "");
    // All that was written so far, also by the tests before this one.
    ServerLog.assertSilentAbout("sr-somebody-known", "sr-friend-known", "sr-secret");
  }
}
