package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rollcall.testing.Deployments;

/** The choice on the demo page of who sees its visitor. */
@Tag("browser")
@Timeout(90)
class VisibilityChoiceIT extends OnServer {
  private static final String VISIBLE = "Your friends can see you.";
  private static final String HIDDEN =
      "You are hidden: to everyone else you are offline, on all your devices.";
  private static final Pattern FOR_A_TIME =
      Pattern.compile("You are hidden until \\d\\d:\\d\\d: to everyone else you are offline.*");

  @RegisterExtension static final Chromium CHROMIUM = Chromium.launch();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.demo", "true", "rollcall.grace.away", "PT0.5S"));
  }

  @BeforeEach
  void befriend() {
    rollcall().befriendDemo();
  }

  private DemoPage open(String user) {
    DemoPage page = DemoPage.open(CHROMIUM.visitor(), rollcall(), user);
    assertThat(page.part("visibility-text")).hasText(VISIBLE);
    assertThat(page.part("status-online")).isChecked();
    return page;
  }

  @Test
  void aFriendSeesALeaveAndThenAJoin() {
    DemoPage ada = open("1");
    DemoPage ben = open("2");
    ben.assertFriendIs("1", "online");
    ada.choose("hidden");
    assertThat(ada.part("visibility-text")).hasText(HIDDEN);
    ben.assertFriendIs("1", "offline");
    assertThat(ben.log()).containsText("Ada Moreau went offline");
    ada.assertFriendIs("2", "online");
    assertThat(ada.part("you-devices").getByTestId("device")).hasCount(1);

    ada.choose("online");
    assertThat(ada.part("visibility-text")).hasText(VISIBLE);
    ben.assertFriendIs("1", "online");
    assertThat(ben.log()).containsText("Ada Moreau came online");
  }

  @Test
  void aTimeIsToldAndKnownAfterAReloadAndOnEveryDevice() {
    DemoPage desk = open("3");
    DemoPage phone = open("3");
    desk.choose("hour");
    assertThat(desk.part("visibility-text")).hasText(FOR_A_TIME);
    assertThat(phone.part("visibility-text")).hasText(FOR_A_TIME);
    assertThat(phone.part("status-hour")).isChecked();
    desk.page().reload();
    assertThat(desk.part("visibility-text")).hasText(FOR_A_TIME);
    assertThat(desk.part("status-hour")).isChecked();
    phone.choose("online");
    assertThat(desk.part("visibility-text")).hasText(VISIBLE);
    assertThat(desk.part("status-online")).isChecked();
  }

  @Test
  void theKeyboardIsEnough() {
    DemoPage greta = open("7");
    greta.part("status-online").focus();
    greta.page().keyboard().press("ArrowLeft");
    greta.page().keyboard().press("ArrowLeft");
    assertThat(greta.part("visibility-text")).hasText(HIDDEN);
    assertThat(greta.part("status-hidden")).isChecked();
    greta.page().keyboard().press("ArrowRight");
    greta.page().keyboard().press("ArrowRight");
    assertThat(greta.part("visibility-text")).hasText(VISIBLE);
    assertThat(greta.part("status-online")).isChecked();
  }

  @Test
  void aRefusalIsSaidAndChangesNothing() {
    Page tab = CHROMIUM.visitor();
    tab.routeWebSocket(Pattern.compile("/socket/websocket"), VisibilityChoiceIT::refuseRequests);
    DemoPage hugo = DemoPage.open(tab, rollcall(), "8");
    assertThat(hugo.part("visibility-text")).hasText(VISIBLE);
    hugo.choose("hidden");
    assertThat(hugo.part("visibility-text"))
        .hasText(
            "Not changed: the server cannot tell everyone now. Try again in a moment. " + VISIBLE);
    assertThat(hugo.part("status-online")).isChecked();
  }

  /** Answers a request as a server does that cannot reach its database. */
  private static void refuseRequests(WebSocketRoute client) {
    WebSocketRoute node = client.connectToServer();
    client.onMessage(
        frame -> {
          String text = frame.text();
          if (text.contains("\"visibility\"")) {
            String[] refs = text.substring(1).split(",", 4);
            client.send(
                "[%s,%s,%s,\"phx_reply\",{\"status\":\"error\",\"response\":%s}]"
                    .formatted(
                        refs[0], refs[1], refs[2], "{\"reason\":\"visibility unavailable\"}"));
          } else {
            node.send(text);
          }
        });
  }
}
