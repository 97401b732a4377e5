package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerLog;

/**
 * A user who logs in while the issuer is down gets a sentence that says so, and can log in when it
 * is back.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SilentIssuerIT extends OnServer {
  private static final ServerLog LOG = new ServerLog();
  private static LocalIssuer issuer = new LocalIssuer();

  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.oidc.issuer",
            issuer.address(),
            "rollcall.oidc.client-id",
            LocalIssuer.AUDIENCE,
            "rollcall.oidc.client-secret",
            "change-me"));
  }

  @AfterAll
  static void stopIssuer() {
    issuer.close();
  }

  private HttpResponse<String> open(String path) throws Exception {
    return browser.send(
        HttpRequest.newBuilder(site().address(path)).build(), BodyHandlers.ofString());
  }

  private void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .startsWith("Nobody can log in right now")
        .doesNotContainIgnoringCase("exception");
    assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  /** Opens all at once while the issuer hangs, with a session for each. */
  private void assertThatAFewWait(List<HttpRequest> requests) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    issuer.hold(true);
    List<CompletableFuture<HttpResponse<String>>> all;
    try {
      all = requests.stream().map(r -> http.sendAsync(r, BodyHandlers.ofString())).toList();
      Await.until(
          "all but eight are told at once",
          Await.LIMIT.multipliedBy(2),
          () -> all.stream().filter(CompletableFuture::isDone).count() >= requests.size() - 8);
      all.stream().filter(CompletableFuture::isDone).forEach(r -> assertUnavailable(r.join()));
      assertThat(site().get("counts/count:si1").statusCode()).isEqualTo(200);
      assertThatHandshakesGoOn();
    } finally {
      issuer.silence(true);
      issuer.hold(false);
    }
    all.forEach(answer -> assertUnavailable(answer.join()));
    issuer.silence(false);
  }

  /** A handshake is no log-in, also with a parameter of log-ins. */
  private void assertThatHandshakesGoOn() {
    for (int i = 0; i < 40; i++) {
      try (RawConnection connection = RawConnection.to(site())) {
        assertThat(connection.handshake("vsn=2.0.0&state=x").status()).isEqualTo(101);
      }
    }
  }

  private HttpRequest request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(site().address(path));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  @Test
  @Order(1)
  void visitorsWhoLogInWhileTheIssuerHangsHoldUpAFewThreads() {
    assertThatAFewWait(Collections.nCopies(60, request("login")));
  }

  @Test
  @Order(3)
  void visitorsWhoComeBackWhileTheIssuerHangsHoldUpAFewThreads() throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<HttpRequest> back = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      HttpResponse<String> begun = http.send(request("login"), BodyHandlers.ofString());
      String address = begun.headers().firstValue("Location").orElseThrow();
      String state = address.replaceFirst(".*[?&]state=([^&]+).*", "$1");
      String cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
      back.add(request("login/callback?code=1&state=" + state, "Cookie", cookie));
    }
    assertThatAFewWait(back);
  }

  /** The container looks for the parameters of a log-in before any filter sees the request. */
  @Test
  @Order(4)
  void bodiesThatDoNotComeHoldUpNoLogIn() throws Exception {
    List<RawConnection> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        RawConnection connection = RawConnection.to(site());
        slow.add(connection);
        connection.ask(
            "vsn=2.0.0&state=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Length: 1000");
      }
      assertThat(site().get("counts/count:si2").statusCode()).isEqualTo(200);
      assertThat(open("login").statusCode()).isEqualTo(302);
    } finally {
      slow.forEach(RawConnection::close);
    }
  }

  @Test
  @Order(2)
  void logInTellsThatTheIssuerIsDownAndWorksAgainWhenItIsBack() throws Exception {
    int port = issuer.port();
    issuer.close();
    assertUnavailable(open("login"));
    assertUnavailable(open("login"));

    issuer = new LocalIssuer(port);
    issuer.silence(true);
    assertUnavailable(open("login"));

    issuer.silence(false);
    HttpResponse<String> begun = open("login");
    assertThat(begun.statusCode()).isEqualTo(302);
    String address = begun.headers().firstValue("Location").orElseThrow();
    assertThat(address).startsWith(issuer.address() + "/authorize?");

    String state = address.replaceFirst(".*[?&]state=([^&]+).*", "$1");
    issuer.silence(true);
    assertUnavailable(open("login/callback?code=1234&state=" + state));
    assertThat(LOG.text())
        .containsOnlyOnce("Nobody can log in: the issuer does not answer")
        .doesNotContain(state, "1234&");
  }
}
