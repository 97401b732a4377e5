package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** The log-in of a browser by OpenID Connect, with an issuer that asks for no password. */
@Tag("long")
final class IssuerLogInIT extends OnServer implements OpenApiContract {
  private static final LocalIssuer ISSUER = new LocalIssuer();

  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends",
            "token",
            "rollcall.oidc.issuer",
            ISSUER.address(),
            "rollcall.oidc.client-id",
            LocalIssuer.AUDIENCE,
            "rollcall.oidc.client-secret",
            "change-me",
            "rollcall.oidc.claim.user",
            "uid",
            "rollcall.token.audience",
            "presence",
            "rollcall.demo",
            "true"));
  }

  @AfterAll
  static void stopIssuer() {
    ISSUER.close();
  }

  /** Friends stand in tokens, and the example of a log-out's token is none. */
  @Override
  public Set<String> refusedHere() {
    return Set.of("friends", "replaceFriends", "addFriend", "removeFriend", "backChannelLogout");
  }

  private HttpResponse<String> open(String path) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(site().address(path)).build(), BodyHandlers.ofString());
  }

  private static String parameter(String address, String name) {
    return address.replaceFirst(".*[?&]" + name + "=([^&]+).*", "$1");
  }

  /** Begins a log-in, and returns where the issuer sends the browser back to. */
  private String begin(Map<String, Object> claims) throws Exception {
    String address = open("login").headers().firstValue("Location").orElseThrow();
    assertThat(address).startsWith(ISSUER.address() + "/authorize?");
    claims.put("nonce", parameter(address, "nonce"));
    // Without groups, Soteria 3.0 asks the issuer for more claims, which this issuer does not
    // serve.
    claims.put("groups", List.of("staff"));
    claims.putIfAbsent("uid", claims.get("sub"));
    ISSUER.logIn(claims);
    return "login/callback?code=1&state=" + parameter(address, "state");
  }

  private List<String> session() {
    return cookies.getCookieStore().getCookies().stream().map(HttpCookie::toString).toList();
  }

  @Test
  void aSessionIdKnownBeforeTheLogInIsOfNoUse() throws Exception {
    String back = begin(ISSUER.claims("il1"));
    List<String> before = session();
    assertThat(before).hasSize(1);
    HttpResponse<String> done = open(back);
    assertThat(done.statusCode()).isEqualTo(302);
    assertThat(done.headers().firstValue("Location").orElseThrow()).endsWith("/rollcall/");
    assertThat(open("api/session").body()).contains("\"id\":\"il1\"");
    assertThat(session()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(site().get("session", "Cookie", before.get(0)).body()).doesNotContain("user");
  }

  @Test
  void anIdThatIsAnIntegerIsItsDigitsAtTheContainersLogInToo() throws Exception {
    Map<String, Object> claims = ISSUER.claims("il7");
    claims.put("uid", 1234567890123456789L);
    assertThat(open(begin(claims)).statusCode()).isEqualTo(302);
    assertThat(open("api/session").body()).contains("\"id\":\"1234567890123456789\"");
  }

  @Test
  void whoseIdTokenHasNoIdIsNotTheUserOfItsSubject() throws Exception {
    Map<String, Object> claims = ISSUER.claims("il9");
    claims.put("uid", true);
    HttpResponse<String> done = open(begin(claims));
    assertThat(done.statusCode()).isEqualTo(403);
    assertThat(done.body())
        .contains("claim uid (rollcall.oidc.claim.user) is neither a text nor an integer");
    assertThat(open("api/session").body()).doesNotContain("user");
    ServerLog.assertSilentAbout("il9");
  }

  @Test
  void aLogOutEndsTheSessionAndSaysWhereThePageGoes() throws Exception {
    open(begin(ISSUER.claims("il8")));
    assertThat(open("api/session").body()).contains("\"id\":\"il8\"");
    List<String> before = session();
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> out =
          browser.send(
              HttpRequest.newBuilder(site().address("logout"))
                  .header("Sec-Fetch-Site", "same-origin")
                  .POST(BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      assertThat(json(out).getString("next")).isEqualTo("/rollcall/");
      assertThat(out.headers().allValues("Cache-Control")).isEqualTo(List.of("no-store"));
      assertThat(open("api/session").body()).doesNotContain("user");
    }
    assertThat(site().get("session", "Cookie", before.get(0)).body()).doesNotContain("user");
  }

  @Test
  void aBackEndsTokenHasToNameTheAudienceThatIsSet() {
    TestToken token = TestToken.of("il5");
    for (String right : new String[] {"\"presence\"", "[\"mail\",\"presence\"]"}) {
      assertThat(statusOf(token.with("aud", right).text())).as(right).isEqualTo(200);
    }
    for (String wrong : new String[] {"\"mail\"", "[]", "[\"mail\"]", "7", "null", "{}"}) {
      assertThat(statusOf(token.with("aud", wrong).text())).as(wrong).isEqualTo(401);
    }
    assertThat(statusOf(token.text())).isEqualTo(401);
    RefusalLogContract.awaitLine(
        RefusalLogContract.TOKEN_REFUSED, "its aud does not name the audience that is set");
    ServerLog.assertSilentAbout("il5");
  }

  @Test
  void theDemoMakesAnyoneAnAdministratorOfTheApi() {
    JsonObject answer = json(site().get("demo/token?user=il6&admin=true"));
    assertThat(answer.getInt("expiresIn")).isEqualTo(3600);
    String token = "Bearer " + answer.getString("token");
    assertThat(site().get("cluster", "Authorization", token).statusCode()).isEqualTo(200);
    assertThat(json(site().get("visibility", "Authorization", token)).getString("to"))
        .isEqualTo("friends");
    String connect = json(site().get("demo/token?user=il6")).getString("token");
    assertThat(site().get("cluster", "Authorization", "Bearer " + connect).statusCode())
        .isEqualTo(401);
    assertThat(site().get("demo/token?user=a,b&admin=true").statusCode()).isEqualTo(400);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  private int statusOf(String token) {
    return site().get("presence/il5", "Authorization", "Bearer " + token).statusCode();
  }

  @Test
  void whoseIdTokenCannotBeReadIsNobody() throws Exception {
    ServerLog log = new ServerLog();
    Map<String, Object> claims = ISSUER.claims("il2");
    claims.put("friends", "il3");
    HttpResponse<String> done = open(begin(claims));
    assertThat(done.statusCode()).isEqualTo(403);
    assertThat(done.body()).startsWith("You could not be logged in.");
    assertThat(open("api/session").body()).doesNotContain("user");
    assertThat(log.text())
        .containsOnlyOnce("the issuer's ID tokens have a claim of another type")
        .doesNotContain("il2", "il3");
  }
}
