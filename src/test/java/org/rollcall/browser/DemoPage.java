package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The demo as one tab shows it: a person's page, or one of the two screens side by side.
 *
 * @param page the tab
 * @param root what of it belongs to the person
 */
record DemoPage(Page page, Locator root) {
  DemoPage(Page page) {
    this(page, page.locator("body"));
  }

  /** Opens the page as nobody, and returns the screen that a person has there. */
  static DemoPage openStage(Page page, Rollcall rollcall, String user) {
    page.navigate(rollcall.address());
    DemoPage demo = new DemoPage(page).screenOf(user);
    demo.waitUntilReady();
    return demo;
  }

  /** Returns the screen of another person on the same page. */
  DemoPage screenOf(String user) {
    return new DemoPage(
        page, page.locator("[data-testid=screen][data-user='" + user + "'][data-ready=true]"));
  }

  /** Opens the page as one of the demo's people, and waits until the friends are known. */
  static DemoPage open(Page page, Rollcall rollcall, String user) {
    page.navigate(rollcall.address() + "?user=" + user);
    DemoPage demo = new DemoPage(page);
    demo.waitUntilReady();
    return demo;
  }

  void waitUntilReady() {
    assertThat(page.locator("html")).hasAttribute("data-ready", "true");
  }

  void become(String status) {
    choose(status);
    waitUntilShared();
  }

  void choose(String status) {
    label(status).click();
  }

  /** Returns a choice of the one menu: "online", "away", "busy", "hidden" or "hour". */
  Locator label(String status) {
    // The radio button itself is hidden behind its label.
    Locator radio = page.getByTestId("status-" + status);
    return root.locator("label", new Locator.LocatorOptions().setHas(radio));
  }

  void note(String text) {
    part("note").fill(text);
    part("note-save").click();
    waitUntilShared();
  }

  private void waitUntilShared() {
    assertThat(part("saved")).hasText("Your friends see it.");
  }

  Locator friend(String user) {
    return root.locator("[data-testid=friend][data-user='" + user + "']");
  }

  Locator devicesOf(String user) {
    return friend(user).getByTestId("device");
  }

  Locator lobbyMember(String user) {
    return page.locator("[data-testid=lobby-member][data-user='" + user + "']");
  }

  Locator log() {
    return part("log");
  }

  Locator banner() {
    return part("banner");
  }

  /** Finds an element by its {@code data-testid}. */
  Locator part(String testId) {
    return root.getByTestId(testId);
  }

  void assertFriendIs(String user, String status) {
    assertThat(friend(user)).hasAttribute("data-status", status);
  }

  /** Has the page note when it shows a friend offline: Playwright looks only now and then. */
  void watchForTheEndOf(String user) {
    page.evaluate(
        """
        user => {
          const look = () => {
            const friend = `[data-testid=friend][data-user='${user}'][data-status=offline]`;
            if (document.querySelector(friend)) globalThis.endSeen ??= Date.now();
          };
          new MutationObserver(look)
            .observe(document.body, { attributes: true, childList: true, subtree: true });
        }
        """,
        user);
  }

  /** Returns when that was. */
  Instant endSeen() {
    return Instant.ofEpochMilli(((Number) page.evaluate("() => globalThis.endSeen")).longValue());
  }

  /** Has the page note what its rows say of themselves for a second after a change. */
  void watchForChanges() {
    page.evaluate(
        """
        () => {
          globalThis.changesSeen = [];
          new MutationObserver((all) => {
            for (const { target } of all) {
              const { user, change, status } = target.dataset;
              if (change) globalThis.changesSeen.push(`${user} ${change} ${status}`);
            }
          }).observe(document.body, { subtree: true, attributeFilter: ["data-change"] });
        }
        """);
  }

  /** Waits until a row has said so. */
  void assertChangeSeen(String change) {
    page.waitForFunction("change => globalThis.changesSeen.includes(change)", change);
  }

  void assertConnected() {
    assertThat(banner()).hasAttribute("data-state", "open");
  }

  void assertCounts(int viewers, int users) {
    assertThat(part("count-viewers")).hasText("" + viewers);
    assertThat(part("count-users")).hasText("" + users);
    assertThat(part("count-total")).hasText("" + (viewers + users));
  }

  /** Takes a picture, and asserts that nothing is wider than the screen. */
  void assertFits(String picture) {
    page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(picture)).setFullPage(true));
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
  }
}
