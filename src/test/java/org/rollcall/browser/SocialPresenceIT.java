package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.Deployments;

/** Friends on pages of another origin, by each client and by both patterns of code. */
@Tag("browser")
@Timeout(90)
class SocialPresenceIT extends OnServer {
  @RegisterExtension static final Chromium CHROMIUM = Chromium.launch();
  @RegisterExtension static final PageServer PAGES = PageServer.start();

  private static final AtomicInteger USERS = new AtomicInteger(1000);

  /** Nobody else's friends, so that no test meets what another has left behind. */
  private final String ada = newUser();

  private final String ben = newUser();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.origins", PAGES.origin()));
  }

  @BeforeEach
  void befriend() {
    rollcall().befriend(ada, ben);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.Setup#all")
  void aFriendComesChangesAndLeavesAndAStrangerIsNotSeen(Setup setup) {
    Page adasPage = open(setup, ada);
    assertThat(friends(adasPage)).hasCount(0);
    open(setup, newUser());

    Page bensPage = open(setup, ben);
    assertThat(friends(bensPage)).hasText("online");
    assertThat(friend(adasPage, ben)).hasText("online");

    bensPage.evaluate("update('busy')");
    assertThat(friend(adasPage, ben)).hasText("busy");
    assertThat(friends(adasPage)).hasCount(1);

    bensPage.evaluate("leave()");
    assertThat(friends(adasPage)).hasCount(0);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.Setup#all")
  void aFriendIsHereUntilTheLastDeviceHasLeft(Setup setup) {
    Page adasPage = open(setup, ada);
    Page phone = open(setup, ben);
    assertThat(friend(adasPage, ben)).hasText("online");
    Page laptop = open(setup, ben);
    assertThat(friend(adasPage, ben)).hasText("online, online");

    phone.evaluate("update('away')");
    assertThat(friend(adasPage, ben)).hasText("online, away");

    laptop.evaluate("disconnect()");
    assertThat(friend(adasPage, ben)).hasText("away");
    phone.evaluate("disconnect()");
    assertThat(friends(adasPage)).hasCount(0);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.Setup#all")
  void afterALostConnectionTheStateIsTheTruth(Setup setup) {
    String cleo = newUser();
    rollcall().befriend(ada, cleo);
    CHROMIUM.tolerate("ERR_INTERNET_DISCONNECTED");
    Page adasPage = open(setup, ada);
    Page bensPage = open(setup, ben);
    assertThat(friend(adasPage, ben)).hasText("online");

    adasPage.context().setOffline(true);
    rollcall().disconnect(ada);
    bensPage.evaluate("disconnect()");
    Page cleosPage = open(setup, cleo);
    assertThat(friend(adasPage, ben)).hasText("online");

    adasPage.context().setOffline(false);
    assertThat(adasPage.locator("html")).hasAttribute("data-states", "2");
    assertThat(friend(adasPage, cleo)).hasText("online");
    assertThat(friends(adasPage)).hasCount(1);
    cleosPage.evaluate("update('busy')");
    assertThat(friend(adasPage, cleo)).hasText("busy");
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.Setup#tokenWays")
  void aTokenSaysWhoItIsAndStaysOutOfTheAddressIfTheClientCan(Setup setup) {
    Page adasPage = CHROMIUM.visitor();
    WebSocket socket =
        adasPage.waitForWebSocket(() -> adasPage.navigate(pages(setup).social(ada, "online")));
    assertThat(adasPage.locator("html")).hasAttribute("data-states", "1");
    assertThat(socket.url().contains("token=")).isEqualTo(setup.tokenWay().equals("params"));
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.Setup#tokenWays")
  void aWrongTokenIsRefusedByEachWay(Setup setup) {
    CHROMIUM.tolerate("Unexpected response code: 403");
    Page page = CHROMIUM.visitor();
    WebSocket socket =
        page.waitForWebSocket(
            () -> page.navigate(pages(setup).social(ada, "online", rollcall().token(ada) + "x")));
    assertThatItIsRefused(page, socket);
  }

  @Test
  void pagesOfOtherOriginsAreRefused() {
    CHROMIUM.tolerate("Unexpected response code: 403");
    Setup setup = Setup.all().findFirst().orElseThrow();
    Page page = CHROMIUM.visitor();
    TestPages strange = new TestPages(PAGES.strangeOrigin(), rollcall(), setup);
    WebSocket socket = page.waitForWebSocket(() -> page.navigate(strange.social(ada, "online")));
    assertThatItIsRefused(page, socket);
  }

  private static void assertThatItIsRefused(Page page, WebSocket socket) {
    page.waitForCondition(socket::isClosed);
    assertThat(page.locator("html[data-states]")).hasCount(0);
  }

  private Page open(Setup setup, String user) {
    Page page = CHROMIUM.visitor();
    page.navigate(pages(setup).social(user, "online"));
    assertThat(page.locator("html")).hasAttribute("data-states", "1");
    return page;
  }

  private TestPages pages(Setup setup) {
    return new TestPages(PAGES.origin(), rollcall(), setup);
  }

  private static Locator friends(Page page) {
    return page.locator("#friends li");
  }

  private static Locator friend(Page page, String user) {
    return page.locator("#friends li[data-user='" + user + "']");
  }

  private static String newUser() {
    return Integer.toString(USERS.getAndIncrement());
  }
}
