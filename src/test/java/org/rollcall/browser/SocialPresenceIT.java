package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
    return Deployments.war(
        Map.of("rollcall.origins", PAGES.origin(), "rollcall.grace.away", "PT6S"));
  }

  @BeforeEach
  void befriend() {
    rollcall().befriend(ada, ben);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#all")
  void aFriendComesChangesAndLeavesAndAStrangerIsNotSeen(ImportStyle importStyle) {
    Page adasPage = open(importStyle, ada);
    assertThat(friends(adasPage)).hasCount(0);
    open(importStyle, newUser());

    Page bensPage = open(importStyle, ben);
    assertThat(friends(bensPage)).hasText("online");
    assertThat(friend(adasPage, ben)).hasText("online");

    bensPage.evaluate("update('busy')");
    assertThat(friend(adasPage, ben)).hasText("busy");
    assertThat(friends(adasPage)).hasCount(1);

    bensPage.evaluate("leave()");
    assertThat(friends(adasPage)).hasCount(0);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#all")
  void aFriendIsHereUntilTheLastDeviceHasLeft(ImportStyle importStyle) {
    Page adasPage = open(importStyle, ada);
    Page phone = open(importStyle, ben);
    assertThat(friend(adasPage, ben)).hasText("online");
    Page laptop = open(importStyle, ben);
    assertThat(friend(adasPage, ben)).hasText("online, online");

    phone.evaluate("update('away')");
    assertThat(friend(adasPage, ben)).hasText("online, away");

    laptop.evaluate("disconnect()");
    assertThat(friend(adasPage, ben)).hasText("away");
    phone.evaluate("disconnect()");
    assertThat(friends(adasPage)).hasCount(0);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#all")
  void afterALostConnectionTheStateIsTheTruth(ImportStyle importStyle) {
    String cleo = newUser();
    rollcall().befriend(ada, cleo);
    CHROMIUM.tolerate("ERR_INTERNET_DISCONNECTED");
    Page adasPage = open(importStyle, ada);
    Page bensPage = open(importStyle, ben);
    assertThat(friend(adasPage, ben)).hasText("online");

    adasPage.context().setOffline(true);
    rollcall().disconnect(ada);
    bensPage.evaluate("disconnect()");
    Page cleosPage = open(importStyle, cleo);
    assertThat(friend(adasPage, ben)).hasText("online");

    adasPage.context().setOffline(false);
    assertThat(adasPage.locator("html")).hasAttribute("data-states", "2");
    assertThat(friend(adasPage, cleo)).hasText("online");
    assertThat(friends(adasPage)).hasCount(1);
    cleosPage.evaluate("update('busy')");
    assertThat(friend(adasPage, cleo)).hasText("busy");
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#clients")
  void aPageThatIsLoadedAgainOrLeftForAnotherAndBackTellsFriendsNothing(ImportStyle importStyle) {
    Page adasPage = CHROMIUM.visitor();
    List<String> diffs = diffsOf(ben, adasPage);
    show(adasPage, pages(importStyle).social(ada, "online"));
    Page bensPage = open(importStyle, ben);
    assertThat(friend(adasPage, ben)).hasText("online");

    bensPage.reload();
    assertThat(bensPage.locator("html[data-states]")).hasCount(1);
    show(bensPage, pages(importStyle).social(ben, "online") + "&next=page");
    bensPage.goBack();
    assertThat(bensPage.locator("html[data-states]")).hasCount(1);

    assertThatTheNextDiffIsAnUpdate(adasPage, bensPage, diffs);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#comingBack")
  void aHeartbeatThatIsNotAnsweredTellsFriendsNothing(ImportStyle importStyle) {
    Page adasPage = CHROMIUM.visitor();
    List<String> diffs = diffsOf(ben, adasPage);
    show(adasPage, pages(importStyle).social(ada, "online"));
    Page bensPage = CHROMIUM.visitor();
    swallowOneAnswer(bensPage);
    show(bensPage, pages(importStyle).socialWithHeartbeats(ben, "online"));
    assertThat(friend(adasPage, ben)).hasText("online");

    assertThat(bensPage.locator("html[data-states='2']")).hasCount(1);
    assertThatTheNextDiffIsAnUpdate(adasPage, bensPage, diffs);
  }

  /** Lets the first answer to a heartbeat be lost on its way. */
  private static void swallowOneAnswer(Page page) {
    AtomicBoolean swallowed = new AtomicBoolean();
    page.routeWebSocket(
        address -> true,
        client -> {
          WebSocketRoute server = client.connectToServer();
          server.onMessage(
              frame -> {
                boolean answer = frame.text().contains("\"phoenix\",\"phx_reply\"");
                if (!answer || !swallowed.compareAndSet(false, true)) {
                  client.send(frame.text());
                }
              });
        });
  }

  /** Collects what a page is told of a user from now on. */
  private static List<String> diffsOf(String user, Page page) {
    List<String> diffs = new ArrayList<>();
    page.onWebSocket(
        socket ->
            socket.onFrameReceived(
                frame -> {
                  String text = frame.text();
                  if (text.contains("presence_diff") && text.contains("{\"" + user + "\":")) {
                    diffs.add(text);
                  }
                }));
    return diffs;
  }

  /** The one before it is the join: a leave, or another join, would have come in between. */
  private void assertThatTheNextDiffIsAnUpdate(Page adasPage, Page bensPage, List<String> diffs) {
    bensPage.evaluate("update('busy')");
    assertThat(friend(adasPage, ben)).hasText("busy");
    assertThat(diffs).hasSize(2);
    assertThat(diffs.get(1)).contains("\"busy\"", "phx_ref_prev");
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#tokenWays")
  void aTokenSaysWhoItIsAndStaysOutOfTheAddressIfTheClientCan(ImportStyle importStyle) {
    Page adasPage = CHROMIUM.visitor();
    WebSocket socket =
        adasPage.waitForWebSocket(
            () -> adasPage.navigate(pages(importStyle).social(ada, "online")));
    assertThat(adasPage.locator("html")).hasAttribute("data-states", "1");
    assertThat(socket.url().contains("token=")).isEqualTo(importStyle.tokenWay().equals("params"));
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#tokenWays")
  void aWrongTokenIsRefusedByEachWay(ImportStyle importStyle) {
    CHROMIUM.tolerate("Unexpected response code: 403");
    Page page = CHROMIUM.visitor();
    WebSocket socket =
        page.waitForWebSocket(
            () ->
                page.navigate(
                    pages(importStyle).social(ada, "online", rollcall().token(ada) + "x")));
    assertThatItIsRefused(page, socket);
  }

  @Test
  void pagesOfOtherOriginsAreRefused() {
    CHROMIUM.tolerate("Unexpected response code: 403");
    ImportStyle importStyle = ImportStyle.all().findFirst().orElseThrow();
    Page page = CHROMIUM.visitor();
    TestPages strange = new TestPages(PAGES.strangeOrigin(), rollcall(), importStyle);
    WebSocket socket = page.waitForWebSocket(() -> page.navigate(strange.social(ada, "online")));
    assertThatItIsRefused(page, socket);
  }

  private static void assertThatItIsRefused(Page page, WebSocket socket) {
    page.waitForCondition(socket::isClosed);
    assertThat(page.locator("html[data-states]")).hasCount(0);
  }

  private Page open(ImportStyle importStyle, String user) {
    Page page = CHROMIUM.visitor();
    show(page, pages(importStyle).social(user, "online"));
    return page;
  }

  private static void show(Page page, String address) {
    page.navigate(address);
    assertThat(page.locator("html")).hasAttribute("data-states", "1");
  }

  private TestPages pages(ImportStyle importStyle) {
    return new TestPages(PAGES.origin(), rollcall(), importStyle);
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
