package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rollcall.it.RefusalLogContract.TOKEN_REFUSED;
import static org.rollcall.it.RefusalLogContract.awaitLine;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.ServerProcess;
import org.rollcall.testing.TestToken;

/** The issuer's tokens connect, and end when it says so. */
@Tag("long")
final class BackChannelLogoutIT extends OnServer {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final LocalIssuer ISSUER = new LocalIssuer();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends",
            "token",
            // Longer than anything here is waited for: who logs out has no grace.
            "rollcall.grace",
            "PT30S",
            "rollcall.oidc.issuer",
            ISSUER.address(),
            "rollcall.oidc.audience",
            LocalIssuer.AUDIENCE));
  }

  @AfterAll
  static void stopIssuer() {
    ISSUER.close();
  }

  @AfterAll
  static void theLogHoldsNeitherTokensNorUsers() {
    ServerLog.assertSilentAbout(
        "session-of-", "bl1", "bl2", "bl3", "bl4", "bl5", "9007199254740993");
  }

  private PhoenixClient connect(String token) {
    return site().connectWith(token);
  }

  private int bearer(String method, String path, String token) {
    return site().send(method, path, "", "Authorization", "Bearer " + token).statusCode();
  }

  private CompletableFuture<HttpResponse<String>> begin(String form) {
    HttpRequest request =
        HttpRequest.newBuilder(site().address("oidc/backchannel-logout"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> logOut(String form) {
    return begin(form).join();
  }

  private static String ofSession(String session) {
    Map<String, Object> claims = ISSUER.logoutClaims();
    claims.put("sid", session);
    return "logout_token=" + ISSUER.sign(claims, "RS256");
  }

  @Test
  void aLogoutEndsTheSessionsPresenceAndNothingElse() throws Exception {
    Await.until(
        Await.LIMIT, () -> assertThat(bearer("POST", "token", ISSUER.token("x"))).isEqualTo(200));
    Map<String, Object> elsewhere = ISSUER.claims("bl1");
    elsewhere.put("sid", "another");
    String token = ISSUER.token("bl1");
    try (PhoenixClient friend = site().connect(TestToken.of("bl2").seeing("bl1"));
        PhoenixClient desk = connect(token);
        PhoenixClient phone = connect(ISSUER.sign(elsewhere, "RS256"))) {
      friend.join("user:bl2");
      desk.join("user:bl1");
      Frames.find(friend, "user_presence:bl1", "presence_diff");
      phone.heartbeat();

      String form = ofSession("session-of-bl1");
      HttpResponse<String> done = logOut(form);
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(done.headers().allValues("Cache-Control")).isEqualTo(List.of("no-store"));
      assertThat(desk.closeCode()).isEqualTo(1001);
      assertThat(Frames.find(friend, "user_presence:bl1", "presence_diff").leaves())
          .containsOnlyKeys("bl1");
      phone.heartbeat();

      assertThat(bearer("POST", "token", token)).isEqualTo(401);
      assertThat(bearer("GET", "presence/bl1", token)).isEqualTo(401);
      awaitLine(TOKEN_REFUSED, "its log-in has ended: the user has logged out");
      assertThat(logOut(form).statusCode()).isEqualTo(400);
      phone.heartbeat();
    }
  }

  @Test
  void theLogSaysThatTheIssuerHasNoSuchKey() {
    try (LocalIssuer other = new LocalIssuer()) {
      other.rotate();
      other.rotate();
      String token = other.sign(ISSUER.claims("bl5"), "RS256");
      assertThat(bearer("POST", "token", token)).isEqualTo(401);
    }
    awaitLine(TOKEN_REFUSED, "rollcall.oidc.issuer has no such key");
  }

  private static String ofSession(String user, long issuedIn, long authenticatedIn) {
    Map<String, Object> claims = ISSUER.claims(user);
    long now = System.currentTimeMillis() / 1000;
    claims.put("iat", now + issuedIn);
    claims.put("auth_time", now + authenticatedIn);
    return ISSUER.sign(claims, "RS256");
  }

  @Test
  void aLaterLogInIsBelievedThoughTheIssuerGivesItsSessionTheNameOfTheLast() throws Exception {
    Await.until(
        Await.LIMIT, () -> assertThat(bearer("POST", "token", ISSUER.token("x"))).isEqualTo(200));
    try (PhoenixClient before = connect(ofSession("bl4", -60, -60));
        PhoenixClient after = connect(ofSession("bl4", 2, 2))) {
      before.heartbeat();
      after.heartbeat();
      assertThat(logOut(ofSession("session-of-bl4")).statusCode()).isEqualTo(200);
      assertThat(before.closeCode()).isEqualTo(1001);
      after.heartbeat();
      assertThat(bearer("POST", "token", ofSession("bl4", 4, 4))).isEqualTo(200);
      assertThat(bearer("POST", "token", ofSession("bl4", -60, -60))).isEqualTo(401);
      assertThat(bearer("POST", "token", ofSession("bl4", 4, -60))).isEqualTo(401);
    }
  }

  @Test
  void aUserWhoseSubjectIsAnIntegerConnectsAndIsLoggedOut() throws Exception {
    Map<String, Object> claims = ISSUER.claims("");
    claims.remove("sid");
    claims.put("sub", 9007199254740993L);
    Await.until(
        Await.LIMIT, () -> assertThat(bearer("POST", "token", ISSUER.token("x"))).isEqualTo(200));
    try (PhoenixClient client = connect(ISSUER.sign(claims, "RS256"))) {
      client.join("user:9007199254740993");
      Map<String, Object> logout = ISSUER.logoutClaims();
      logout.put("sub", 9007199254740993L);
      String form = "logout_token=" + ISSUER.sign(logout, "RS256");
      assertThat(logOut(form).statusCode()).isEqualTo(200);
      assertThat(client.closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void aPostWithoutATokenLeavesNothingBehind() {
    String word = System.getProperty("arquillian.launch", "");
    ServerProcess server = ServerProcess.find(word);
    int posts = 3_000;
    for (int i = 0; i < posts; i++) {
      assertThat(logOut("").statusCode()).isEqualTo(400);
    }
    String stage = "java.util.concurrent.CompletableFuture$MinimalStage";
    assertThat(server.instances(stage)).isLessThan(posts / 10);
  }

  @Test
  void aLogoutByANewKeyWaitsForTheKeysAFewAtATimeAndHoldsUpNoOther() {
    Await.until(
        Await.LIMIT, () -> assertThat(bearer("POST", "token", ISSUER.token("x"))).isEqualTo(200));
    String known = ofSession("any");
    ISSUER.hold(true);
    try {
      ISSUER.rotate();
      String form = ofSession("session-of-bl3");
      List<CompletableFuture<HttpResponse<String>>> five =
          Stream.generate(() -> begin(form)).limit(5).toList();
      HttpResponse<?> first =
          (HttpResponse<?>) CompletableFuture.anyOf(five.toArray(CompletableFuture[]::new)).join();
      assertThat(first.statusCode()).isEqualTo(400);
      assertThat(first.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
      assertThat(first.headers().firstValue("Retry-After")).isPresent();
      assertThat(logOut("logout_token=a.b.c").body()).contains("invalid_request");
      assertThat(logOut(known).statusCode()).isEqualTo(200);
      assertThat(five.stream().filter(CompletableFuture::isDone)).hasSize(1);

      ISSUER.hold(false);
      five.forEach(CompletableFuture::join);
      // The issuer is asked at most once in ten seconds: it may have been just before.
      Await.until(
          Duration.ofSeconds(20),
          () -> assertThat(logOut(ofSession("session-of-bl3")).statusCode()).isEqualTo(200));
      assertThat(bearer("POST", "token", ISSUER.token("bl3"))).isEqualTo(401);
    } finally {
      ISSUER.hold(false);
    }
  }

  @Test
  void aTokenThatIsNoLogoutTokenIsRefused() {
    for (String form : new String[] {"", "logout_token=nonsense", "token=x"}) {
      HttpResponse<String> answer = logOut(form);
      assertThat(answer.statusCode()).as(form).isEqualTo(400);
      assertThat(answer.headers().allValues("Cache-Control")).isEqualTo(List.of("no-store"));
    }
  }
}
