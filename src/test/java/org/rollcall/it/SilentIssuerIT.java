package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.ServerLog;

/** Whoever logs in while the issuer is down is told so, and can log in when it is back. */
final class SilentIssuerIT extends OnServer {
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

  @Test
  void logInTellsThatTheIssuerIsDownAndWorksAgainWhenItIsBack() throws Exception {
    ServerLog log = new ServerLog();
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
    assertThat(log.text())
        .containsOnlyOnce("Nobody can log in: the issuer does not answer")
        .doesNotContain(state, "1234&");
  }
}
