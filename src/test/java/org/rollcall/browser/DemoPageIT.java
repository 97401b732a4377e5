package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.testing.Deployments;

/** The demo page, as its visitors use it. */
@Tag("browser")
@Timeout(90)
class DemoPageIT extends OnServer implements StageContract, HoodContract, DocsContract {
  private static final Pattern CLOCK = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");

  @RegisterExtension static final Chromium CHROMIUM = Chromium.launch();
  @RegisterExtension static final PageServer PAGES = PageServer.start();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.demo", "true", "rollcall.grace.away", "PT0.5S"));
  }

  @BeforeEach
  void befriend() {
    rollcall().befriendDemo();
  }

  @Override
  public Chromium chromium() {
    return CHROMIUM;
  }

  @Override
  public PageServer pages() {
    return PAGES;
  }

  @Test
  void aFriendComesChangesAndLeavesInAnotherTab() {
    Page tab = CHROMIUM.visitor();
    tab.navigate(rollcall().address());
    assertThat(tab.getByTestId("person")).hasCount(24);
    tab.getByTestId("person").getByText("Ada Moreau").click();
    DemoPage ada = new DemoPage(tab);
    ada.waitUntilReady();
    assertThat(tab).hasURL(rollcall().address() + "?user=1");
    ada.assertConnected();
    assertThat(ada.part("online-title")).hasText("Online (0)");
    assertThat(ada.part("offline-title")).hasText("Offline (7)");
    assertThat(ada.part("invite")).isVisible();
    assertThat(tab).hasTitle("(0) Ada Moreau, Rollcall");
    ada.watchForChanges();

    Page other = tab.context().waitForPage(() -> ada.friend("2").getByRole(AriaRole.LINK).click());
    DemoPage ben = new DemoPage(other);
    ben.waitUntilReady();
    ben.assertFriendIs("1", "online");
    ada.assertFriendIs("2", "online");
    assertThat(ada.part("online-title")).hasText("Online (1)");
    assertThat(ada.part("offline-title")).hasText("Offline (6)");
    assertThat(ada.part("friends-online").getByTestId("friend")).containsText("Ben Okafor");
    assertThat(ada.part("invite")).isHidden();
    ada.assertChangeSeen("2 came online");
    assertThat(tab).hasTitle("(1) Ada Moreau, Rollcall");
    assertThat(ada.log()).containsText("Ben Okafor came online");
    assertThat(ada.log().locator("time").first()).hasText(CLOCK);

    ben.become("busy");
    ada.assertFriendIs("2", "busy");
    ada.assertChangeSeen("2 status busy");
    ben.note("Back at <b>two</b>");
    assertThat(ada.friend("2")).containsText("Back at <b>two</b>");
    assertThat(ada.log()).containsText("Ben Okafor says “Back at <b>two</b>”");

    other.close();
    ada.assertFriendIs("2", "offline");
    ada.assertChangeSeen("2 went offline");
    assertThat(ada.log()).containsText("Ben Okafor went offline");
  }

  @Test
  void severalTabsOfAFriendAreSeveralDevicesAndTheBusyOneCounts() {
    DemoPage chiara = open("3");
    DemoPage daan = open("4");
    DemoPage daansOther = open("4");
    assertThat(chiara.devicesOf("4")).hasCount(2);
    assertThat(daan.part("you-devices").getByTestId("device")).hasCount(2);
    assertThat(daan.part("connections")).hasText("2 connections");

    daansOther.become("busy");
    chiara.assertFriendIs("4", "busy");
    daansOther.page().close();
    assertThat(chiara.devicesOf("4")).hasCount(1);
    chiara.assertFriendIs("4", "online");
  }

  @Test
  void statusAndNoteOutliveAReload() {
    DemoPage greta = open("7");
    DemoPage hugo = open("8");
    hugo.become("away");
    hugo.note("At lunch");

    hugo.page().reload();
    hugo.waitUntilReady();
    assertThat(hugo.part("status-away")).isChecked();
    assertThat(hugo.part("note")).hasValue("At lunch");
    greta.assertFriendIs("8", "away");
    assertThat(greta.friend("8")).containsText("At lunch");
  }

  @Test
  void theLobbyShowsStrangersToEachOther() {
    DemoPage one = open("9");
    DemoPage other = open("11");
    one.part("lobby-toggle").click();
    assertThat(one.part("lobby-member")).containsText("Ines Carvalho (you)");
    other.part("lobby-toggle").click();
    assertThat(one.part("lobby-member")).hasCount(2);
    assertThat(one.log()).containsText("Keiko Tanaka entered the lobby");
    assertThat(one.part("lobby-text")).hasText("In the room: 2 people, 2 connections.");
    DemoPage third = open("11");
    third.part("lobby-toggle").click();
    assertThat(one.part("lobby-text")).hasText("In the room: 2 people, 3 connections.");
    third.page().close();
    assertThat(one.part("lobby-text")).hasText("In the room: 2 people, 2 connections.");

    other.become("busy");
    assertThat(one.lobbyMember("11")).hasAttribute("data-status", "busy");

    other.part("lobby-toggle").click();
    assertThat(one.part("lobby-member")).hasCount(1);
    assertThat(one.log()).containsText("Keiko Tanaka left the lobby");
    assertThat(other.part("lobby-member")).hasCount(0);
  }

  @Test
  void aConnectionThatTheServerEndsComesBackByItself() {
    DemoPage priya = open("16");
    DemoPage quentin = open("17");
    priya.assertFriendIs("17", "online");

    rollcall().disconnect("16");
    assertThat(priya.banner()).hasAttribute("data-resynced", "true");
    assertThat(priya.log()).containsText("The connection was lost");
    assertThat(priya.log()).containsText("Connected again");
    quentin.become("away");
    priya.assertFriendIs("17", "away");
  }

  @Test
  void anOfflinePageShowsItAndIsUpToDateAfterwards() {
    CHROMIUM.tolerate("ERR_INTERNET_DISCONNECTED");
    DemoPage samir = open("19");
    DemoPage tuva = open("20");
    samir.assertFriendIs("20", "online");

    samir.page().context().setOffline(true);
    rollcall().disconnect("19");
    // Chromium may hold back the server's good-bye as well: then the next heartbeats tell.
    assertThat(samir.banner())
        .hasAttribute(
            "data-state",
            "offline",
            new LocatorAssertions.HasAttributeOptions().setTimeout(90_000));
    assertThat(samir.part("banner-countdown")).isEmpty();
    tuva.assertFriendIs("19", "offline");
    assertThat(samir.part("saved"))
        .hasText("Your friends will see a change as soon as the connection is back.");
    samir.choose("busy");
    assertThat(samir.part("saved"))
        .hasText("Your friends will see it as soon as the connection is back.");
    tuva.page().close();
    DemoPage wanda = open("23");
    samir.assertFriendIs("20", "online");

    samir.page().context().setOffline(false);
    assertThat(samir.banner()).hasAttribute("data-resynced", "true");
    samir.assertFriendIs("20", "offline");
    samir.assertFriendIs("23", "online");
    wanda.assertFriendIs("19", "busy");
    assertThat(samir.part("saved")).hasText("Your friends see you as shown here.");
  }

  @ParameterizedTest
  @EnumSource
  void aPersonsPageFitsOnEveryScreenAndHasNoBarriers(ScreenMode screenMode) throws IOException {
    CHROMIUM.tolerate("ERR_INTERNET_DISCONNECTED");
    DemoPage demo = DemoPage.open(CHROMIUM.visitor(screenMode.options()), rollcall(), "1");
    open("2").note("Reading a long report and hoping that it ends before the meeting does");
    open("5").become("away");
    DemoPage umar = open("21");
    open("21").become("busy");
    umar.part("lobby-toggle").click();
    screenMode.show(demo, "here");
    demo.part("lobby-toggle").click();
    assertThat(demo.part("lobby-member")).hasCount(2);
    demo.assertFits("target/screenshots/room-" + screenMode + ".png");
    screenMode.show(demo, "me");
    demo.assertFriendIs("21", "busy");
    demo.assertFits("target/screenshots/friends-" + screenMode + ".png");
    Widgets.assertNoBarriers(demo.page());

    demo.page().context().setOffline(true);
    rollcall().disconnect("1");
    assertThat(demo.banner()).hasAttribute("data-state", "offline");
    demo.assertFits("target/screenshots/offline-" + screenMode + ".png");
  }

  private DemoPage open(String user) {
    return DemoPage.open(CHROMIUM.visitor(), rollcall(), user);
  }
}
