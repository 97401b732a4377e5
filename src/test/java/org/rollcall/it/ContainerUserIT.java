package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerLog;

/** A user whom the container has authenticated, here by a password, needs no token. */
@Tag("long")
final class ContainerUserIT extends OnServer {
  private static final String SITE = "Sec-Fetch-Site";

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.friends", "token")).addClass(TestRealm.class);
  }

  private static String basic(String user) {
    byte[] text = (user + ":password").getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(text);
  }

  private HttpResponse<String> logOut(String user, String site) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(site().address("logout"))
            .header("Authorization", basic(user))
            .header(SITE, site)
            .POST(BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private int status(String user, String method, String path, String... more) {
    return send(user, method, path, more).statusCode();
  }

  private HttpResponse<String> send(String user, String method, String path, String... more) {
    return send(user, method, path, new Body(""), more);
  }

  /** A request's body, which is no header. */
  private record Body(String text) {}

  private HttpResponse<String> send(
      String user, String method, String path, Body body, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Authorization";
    headers[1] = basic(user);
    System.arraycopy(more, 0, headers, 2, more.length);
    return site().send(method, path, body.text(), headers);
  }

  @Test
  void thePrincipalIsTheUser() {
    String answer = send("ada", "POST", "token", SITE, "same-origin").body();
    String token = answer.replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
    try (PhoenixClient client = site().connectWith(token)) {
      client.join("user:ada");
    }
  }

  @Test
  void aUserWhoLogsOutOnAPageOfThisSiteIsOffline() throws Exception {
    String answer = send("cu1", "POST", "token", SITE, "same-origin").body();
    String token = answer.replaceFirst(".*\"token\":\"([^\"]+)\".*", "$1");
    try (PhoenixClient client = site().connectWith(token)) {
      client.join("user:cu1");
      assertThat(logOut("cu1", "cross-site").statusCode()).isEqualTo(403);
      assertThat(send("cu1", "GET", "session").body())
          .isEqualTo("{\"login\":false,\"user\":{\"id\":\"cu1\"}}");
      HttpResponse<String> done = logOut("cu1", "same-origin");
      assertThat(done.statusCode()).isEqualTo(200);
      assertThat(done.body()).isEqualTo("{\"next\":\"/rollcall/\"}");
      assertThat(client.closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void whoseNameCannotBeAUserIdIsToldSoAndTheLogOnce() throws Exception {
    ServerLog log = new ServerLog();
    for (String name : new String[] {"CU-DOMAIN\\cu-alice", "cn=cu-alice,ou=people"}) {
      HttpRequest request =
          HttpRequest.newBuilder(site().address("login"))
              .header("Authorization", basic(name))
              .build();
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body())
          .contains("expected 1 to 128 characters without comma")
          .contains("but got the character " + (name.contains("\\") ? '\\' : ','))
          .doesNotContain("alice");
    }
    assertThat(log.text())
        .containsOnlyOnce("cannot be a user id: expected 1 to 128 characters")
        .doesNotContain("cu-alice");
  }

  @Test
  void aRoleMakesAnAdministrator() {
    assertThat(status(TestRealm.ROOT, "GET", "cluster")).isEqualTo(200);
    assertThat(status("ada", "GET", "cluster")).isEqualTo(403);
  }

  @Test
  void anAdministratorByARoleMaySendALongBody() {
    // Longer than any that others may send.
    Body body = new Body(" ".repeat(400_000) + "{}");
    String[] here = {SITE, "same-origin", "Content-Type", "application/json"};
    String path = "users/cu2/blocks/cu3";
    assertThat(send(TestRealm.ROOT, "PUT", path, body, here).statusCode()).isEqualTo(204);
    assertThat(status(TestRealm.ROOT, "DELETE", path, here)).isEqualTo(204);
    assertThat(send("ada", "PUT", path, body, here).statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "none"})
  void aPageOfAnotherSiteChangesNothing(String site) {
    assertThat(status("ada", "POST", "token", SITE, site)).isEqualTo(403);
    assertThat(status(TestRealm.ROOT, "DELETE", "users/x/sockets", SITE, site)).isEqualTo(403);
  }

  @Test
  void anOriginCountsWhereTheBrowserDoesNotSayTheSite() {
    assertThat(status("ada", "POST", "token", "Origin", "http://" + site().host())).isEqualTo(200);
    assertThat(status("ada", "POST", "token", "Origin", "https://evil.example")).isEqualTo(403);
    assertThat(status("ada", "POST", "token")).isEqualTo(403);
    assertThat(status(TestRealm.ROOT, "DELETE", "users/x/sockets", SITE, "same-origin"))
        .isEqualTo(204);
  }
}
