package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.Site;

/**
 * Log-in and log-out by a real Keycloak. Its users are two of the demo's people: ada is 1, ben 2.
 */
@Tag("sso")
@Timeout(300)
class LogInIT extends OnServer {
  /** Long before a grace of 10 seconds would have ended. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @RegisterExtension static final Keycloak KEYCLOAK = Keycloak.start();
  @RegisterExtension static final Chromium CHROMIUM = Chromium.launch();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.demo",
            "true",
            "rollcall.oidc.issuer",
            KEYCLOAK.issuer(),
            "rollcall.oidc.client-id",
            "rollcall",
            "rollcall.oidc.client-secret",
            Keycloak.SECRET));
  }

  @BeforeEach
  void befriend() {
    rollcall().befriendDemo();
    KEYCLOAK.open(rollcall().port());
    // A page whose log-in has ended tries to get a token.
    CHROMIUM.tolerate("401");
  }

  private Page logIn(String user) {
    Page page = CHROMIUM.visitor();
    page.navigate(rollcall().address());
    page.getByTestId("sign-in").click();
    page.locator("#username").fill(user);
    page.locator("#password").fill(Keycloak.SECRET);
    page.locator("#kc-login").click();
    return page;
  }

  @Test
  void presenceBeginsAndEndsWithTheLogIn() {
    DemoPage ben = DemoPage.open(CHROMIUM.visitor(), rollcall(), "2");
    DemoPage ada = new DemoPage(logIn("ada"));
    ada.waitUntilReady();
    assertThat(ada.part("you-name")).hasText("Ada Moreau");
    ben.assertFriendIs("1", "online");

    ben.watchForTheEndOf("1");
    Instant told = KEYCLOAK.logOut("1");
    ben.assertFriendIs("1", "offline");
    assertThat(Duration.between(told, ben.endSeen())).isLessThan(AT_ONCE);

    ada.page().reload();
    assertThat(ada.part("sign-in")).isVisible();
    assertThat(ada.part("sign-out")).isHidden();
    ben.assertFriendIs("1", "offline");
    ada.part("begin").click();
    ben.assertFriendIs("1", "online");
  }

  @Test
  void aUserWhoSignsOutOnThePageIsOfflineAndHasToLogInAgain() {
    DemoPage ada = DemoPage.open(CHROMIUM.visitor(), rollcall(), "1");
    DemoPage ben = new DemoPage(logIn("ben"));
    ben.waitUntilReady();
    ada.assertFriendIs("2", "online");

    // The page's own connection ends with the page; another of the session only with the log-out.
    try (PhoenixClient other = new Site(rollcall().port()).connectWith(token(ben.page()))) {
      other.join("user:2");
      ben.part("sign-out").click();
      assertThat(other.closeCode()).isEqualTo(CloseCode.LOGGED_OUT.code());
      ada.assertFriendIs("2", "offline");
    }
    assertThat(ben.part("sign-in")).isVisible();
    ben.part("sign-in").click();
    assertThat(ben.page().locator("#password")).isVisible();
  }

  /** Gets a connect token as the page does. */
  private String token(Page page) {
    String origin = "http://127.0.0.1:" + rollcall().port();
    String address = rollcall().address() + "api/token";
    String answer =
        page.request().post(address, RequestOptions.create().setHeader("Origin", origin)).text();
    try (JsonReader reader = Json.createReader(new StringReader(answer))) {
      return reader.readObject().getString("token");
    }
  }

  @Test
  void aRoleOfTheIssuerMakesAnAdministrator() {
    assertThat(cluster("ada")).isEqualTo(200);
    assertThat(cluster("ben")).isEqualTo(403);
  }

  @Test
  void anAnswerOfTheIssuerToNoLogInLeadsToThePage() {
    String answer = "?code=a&state=b";
    Page page = CHROMIUM.visitor();
    page.navigate(rollcall().address() + "login/callback" + answer);
    assertThat(page).hasURL(rollcall().address());
    assertThat(page.getByTestId("sign-in")).isVisible();
    assertThat(page.request().get(rollcall().address() + "api/session" + answer).status())
        .isEqualTo(200);
  }

  @Test
  void noScriptCanReadTheSession() {
    Page page = logIn("ben");
    new DemoPage(page).waitUntilReady();
    assertThat(page.context().cookies(rollcall().address()))
        .isNotEmpty()
        .allMatch(cookie -> cookie.httpOnly);
  }

  @Test
  void noOtherSitesFormSendsTheSession() {
    // From the header itself: a browser takes a cookie that says nothing for nearly the same.
    assertThat(rollcall().cookies("login"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("HttpOnly"))
        // In lower case on Payara, which is the same (RFC 6265bis).
        .allMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("samesite=lax"));
  }

  private int cluster(String user) {
    Page page = logIn(user);
    new DemoPage(page).waitUntilReady();
    // With the page's cookies, but without its wish for an icon.
    return page.request().get(rollcall().address() + "api/cluster").status();
  }
}
