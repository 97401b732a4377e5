package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demo's first screen: two people side by side. */
interface StageContract extends Widgets {
  int MOST_VISITORS = 20;

  private DemoPage ada(Page tab) {
    return DemoPage.openStage(tab, rollcall(), "1");
  }

  @Test
  default void twoPeopleAreConnectedSideBySideOnOpening() {
    Page tab = chromium().visitor();
    List<String> sockets = new ArrayList<>();
    tab.onWebSocket(socket -> sockets.add(socket.url()));
    DemoPage ada = ada(tab);
    DemoPage ben = ada.screenOf("2");
    assertThat(ada.part("live")).hasText("Live");
    assertThat(ben.part("live")).hasText("Live");
    ada.assertFriendIs("2", "online");
    ben.assertFriendIs("1", "online");
    assertThat(sockets).as("Ada's, Ben's and the visitor's").hasSize(3);
    BoundingBox left = ada.root().boundingBox();
    BoundingBox right = ben.root().boundingBox();
    assertThat(left.y).isEqualTo(right.y).isLessThan(300);
    assertThat(left.x + left.width).isLessThan(right.x);
    assertThat(tab).hasTitle(Pattern.compile("\\(3\\) Rollcall.*"));
  }

  @Test
  default void aClickOnBensBusyIsSeenInAdasListAndHowFast() {
    DemoPage ada = ada(chromium().visitor());
    ada.assertFriendIs("2", "online");
    ada.watchForChanges();
    ada.screenOf("2").label("busy").click();
    ada.assertFriendIs("2", "busy");
    ada.assertChangeSeen("2 status busy");
    assertThat(ada.page().getByTestId("took"))
        .hasText(
            Pattern.compile("Ada’s list showed it \\d+ ms after the click on Ben’s screen\\."));
    assertThat(ada.friend("2")).not().hasAttribute("data-change", Pattern.compile(".*"));
  }

  @Test
  default void aUserWhoAppearsOfflineSeesThatAndTheOtherDoesNot() {
    DemoPage ada = ada(chromium().visitor());
    DemoPage ben = ada.screenOf("2");
    ada.assertFriendIs("2", "online");
    Locator dot = ben.root().locator(".avatar.large > .dot");
    String surface = "element => getComputedStyle(element).backgroundColor";
    Object filled = dot.evaluate(surface);
    ben.choose("hidden");
    ada.assertFriendIs("2", "offline");
    assertThat(ben.root()).hasAttribute("data-hidden", "true");
    assertThat(dot).hasAttribute("data-status", "hidden");
    assertThat(dot.evaluate(surface))
        .as("a hollow dot")
        .isEqualTo(ben.root().evaluate(surface))
        .isNotEqualTo(filled);
    ben.choose("away");
    ada.assertFriendIs("2", "away");
    assertThat(ben.root()).hasAttribute("data-hidden", "false");
  }

  @Test
  default void theSecondStepIsATab() {
    DemoPage ada = ada(chromium().visitor());
    Page tab = ada.page().context().waitForPage(() -> ada.part("open").click());
    DemoPage other = new DemoPage(tab);
    other.waitUntilReady();
    assertThat(tab).hasURL(rollcall().address() + "?user=1");
    assertThat(other.part("you-name")).hasText("Ada Moreau");
    assertThat(ada.part("connections")).hasText("2 connections");
    assertThat(ada.screenOf("2").devicesOf("1")).hasCount(2);
  }

  @Test
  default void anUnknownPersonOfTheAddressIsSaid() {
    Page tab = chromium().visitor();
    tab.navigate(rollcall().address() + "?user=999");
    assertThat(tab.getByTestId("unknown")).isVisible();
    assertThat(tab.getByTestId("screen")).hasCount(2);
    tab.navigate(rollcall().address());
    assertThat(tab.getByTestId("screen")).hasCount(2);
    assertThat(tab.getByTestId("unknown")).isHidden();
  }

  @Test
  default void theBarHasBothColoursAndVisitorsAreBoundedAndLeave() {
    DemoPage ada = DemoPage.open(chromium().visitor(), rollcall(), "1");
    ada.assertCounts(0, 1);
    Locator parts = ada.part("bar").locator("span");
    assertThat(parts.evaluateAll("all => all.every(one => one.offsetWidth >= 8)")).isEqualTo(true);
    Locator more = ada.part("viewer-add");
    for (int i = 0; i < MOST_VISITORS; i++) {
      more.click();
    }
    assertThat(more).isDisabled();
    ada.assertCounts(MOST_VISITORS, 1);
    assertThat(parts.evaluateAll("all => all[1].offsetWidth > 5 * all[0].offsetWidth"))
        .isEqualTo(true);
    for (int i = 0; i < MOST_VISITORS; i++) {
      ada.part("viewer-remove").click();
    }
    assertThat(ada.part("viewer-remove")).isDisabled();
    ada.assertCounts(0, 1);
  }

  @Test
  default void theDotSitsOnTheAvatarAndTheChosenSegmentHasAllItsEdges() {
    DemoPage ada = ada(chromium().visitor());
    BoundingBox avatar = ada.root().locator(".avatar.large").boundingBox();
    BoundingBox dot = ada.root().locator(".avatar.large > .dot").boundingBox();
    double x = dot.x + dot.width / 2 - avatar.x - avatar.width / 2;
    double y = dot.y + dot.height / 2 - avatar.y - avatar.height / 2;
    assertThat(Math.hypot(x, y)).isBetween(avatar.width / 2 - 6, avatar.width / 2 + 1.5);
    for (String status : List.of("online", "away")) {
      ada.become(status.equals("online") ? "busy" : "online");
      ada.become(status);
      Locator label = ada.label(status);
      assertThat(
              label.evaluate(
                  "label => { const { right, top, height } = label.getBoundingClientRect();"
                      + " return label.contains("
                      + "document.elementFromPoint(right - 0.5, top + height / 2)) }"))
          .as("the right edge of %s lies on top", status)
          .isEqualTo(true);
    }
    assertThat(ada.page().locator(":is(ol, ul)[role=log]")).hasCount(0);
    assertThat(ada.page().locator("[role=log] > ol")).hasCount(1);
  }

  @Test
  default void aPhoneHasTabsForThePartsOfThePage() {
    DemoPage ada = DemoPage.open(chromium().visitor(ScreenMode.PHONE.options()), rollcall(), "1");
    assertThat(ada.part("friends")).isVisible();
    assertThat(ada.log()).isHidden();
    ada.part("tab-me").focus();
    ada.page().keyboard().press("ArrowLeft");
    assertThat(ada.part("tab-activity")).isFocused();
    assertThat(ada.part("tab-activity")).hasAttribute("aria-selected", "true");
    assertThat(ada.log()).isVisible();
    assertThat(ada.part("friends")).isHidden();
    ada.part("tab-here").click();
    assertThat(ada.part("lobby")).isVisible();
    assertThat(ada.part("counter")).isVisible();
    ada.part("tab-me").click();
    assertThat((int) ada.page().evaluate("document.body.scrollHeight")).isLessThan(1200);
  }

  @Test
  default void theCounterTellsConnectionsOfUsersFromAnonymousOnes() {
    Page tab = chromium().visitor();
    tab.navigate(rollcall().address());
    DemoPage viewer = new DemoPage(tab);
    // Ada and Ben, and the visitor beside them.
    viewer.assertCounts(1, 2);
    assertThat(viewer.part("tally"))
        .hasText(Pattern.compile("3 here:\\s+2 signed in,\\s+1 anonymous"));

    DemoPage user = DemoPage.open(chromium().visitor(), rollcall(), "12");
    viewer.assertCounts(1, 3);
    DemoPage second = DemoPage.open(chromium().visitor(), rollcall(), "12");
    viewer.assertCounts(1, 4);
    assertThat(viewer.part("counter")).containsText("three tabs are three");
    second.page().close();
    viewer.assertCounts(1, 3);
    for (int i = 0; i < 3; i++) {
      user.part("viewer-add").click();
    }
    viewer.assertCounts(4, 3);
    user.assertCounts(4, 3);
    user.part("viewer-remove").click();
    viewer.assertCounts(3, 3);

    user.page().close();
    viewer.assertCounts(1, 2);
  }

  @Test
  default void aChosenThemeIsKept() {
    DemoPage yusuf = new DemoPage(chromium().visitor(ScreenMode.LIGHT.options()));
    yusuf.page().navigate(rollcall().address());
    yusuf.part("theme").click();
    assertThat(yusuf.part("theme")).hasAttribute("aria-pressed", "true");
    yusuf.page().reload();
    assertThat(yusuf.page().locator("html")).hasAttribute("data-theme", "dark");
  }

  @ParameterizedTest
  @EnumSource
  default void theFirstScreenFitsOnEveryScreenAndHasNoBarriers(ScreenMode screenMode)
      throws IOException {
    DemoPage ada = ada(chromium().visitor(screenMode.options()));
    ada.screenOf("2").choose("busy");
    ada.assertFriendIs("2", "busy");
    ada.assertFits("target/screenshots/stage-" + screenMode + ".png");
    Widgets.assertNoBarriers(ada.page());
    screenMode.show(new DemoPage(ada.page()), "here");
    ada.page().getByTestId("viewer-add").click();
    Widgets.assertNoBarriers(ada.page());
    screenMode.show(new DemoPage(ada.page()), "choose");
    ada.assertFits("target/screenshots/choose-" + screenMode + ".png");
  }
}
