package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of friends who are online, on pages of another origin. */
interface FriendsWidgetContract extends Widgets {
  String HOSTILE = "&lt;img src=x onerror=&quot;window.hit=1&quot;&gt;";

  private Page friends(String user, String more) {
    String token = " token=\"" + rollcall().token(user) + "\" ";
    Page page =
        open(
            "<rollcall-friends label='friends'"
                + token
                + more
                + "><i>loading</i><b slot='empty'>nobody</b></rollcall-friends>",
            policy());
    Widgets.assertLive(list(page), "websocket");
    return page;
  }

  private static Locator list(Page page) {
    return page.locator("rollcall-friends");
  }

  private static Locator rows(Page page) {
    return list(page).locator("li");
  }

  @Test
  default void itShowsFriendsWithStatusAndDevicesUntilTheyLeave() throws IOException {
    String ada = newName();
    String ben = newName();
    rollcall().befriend(ada, ben);
    Page page = friends(ada, "");
    assertThat(page.getByText("nobody")).isVisible();
    assertThat(page.getByText("loading")).isHidden();
    assertThat(rows(page)).hasCount(0);

    Page bens = friends(ben, "name='Ben' device='Phone' status='away'");
    assertThat(rows(page)).hasCount(1);
    assertThat(rows(page).locator("[part=name]")).hasText("Ben");
    assertThat(rows(page).locator("[part=status]")).hasText("Away");
    assertThat(rows(page).locator("[part=devices]")).hasText("Phone");
    assertThat(list(page).locator("[part=heading]")).hasText("1 friends");
    Page bensOther = friends(ben, "device='Laptop' status='busy'");
    assertThat(rows(page).locator("[part=status]")).hasText("Busy");
    assertThat(rows(page).locator("[part=devices]")).hasText("Phone, Laptop");
    Widgets.assertNoBarriers(page);

    bensOther.evaluate("document.querySelector('rollcall-friends').remove()");
    assertThat(rows(page).locator("[part=devices]")).hasText("Phone");
    bens.evaluate("document.querySelector('rollcall-friends').setAttribute('status', 'online')");
    assertThat(rows(page).locator("[part=status]")).hasText("Online");
    bens.evaluate("document.querySelector('rollcall-friends').remove()");
    assertThat(rows(page)).hasCount(0);
    assertThat(page.getByText("nobody")).isVisible();
  }

  @Test
  default void metasOfFriendsAreShownAsText() {
    String ada = newName();
    String eve = newName();
    rollcall().befriend(ada, eve);
    Page page = friends(ada, "");
    String endless = "x".repeat(500);
    Page eves =
        friends(eve, "name='" + HOSTILE + "' device='" + HOSTILE + "' status='constructor'");
    assertThat(rows(page).locator("[part=name]")).hasText("<img src=x onerror=\"window.hit=1\">");
    assertThat(rows(page).locator("[part=status]")).hasText("Online");
    eves.evaluate(
        "meta => { document.querySelector('rollcall-friends').meta = meta }",
        Map.of("name", endless, "device", 7, "status", Map.of("a", 1)));
    assertThat(rows(page).locator("[part=name]")).hasText("x".repeat(60));
    assertThat(rows(page).locator("[part=devices]")).hasCount(0);
    page.evaluate(
        "document.querySelector('rollcall-friends').describe ="
            + " () => ({ name: '<i>', href: 'javascript:window.hit=1' })");
    assertThat(rows(page).locator("[part=name]")).hasText("<i>");
    assertThat(rows(page).locator("a, i, img")).hasCount(0);
    assertThat(page.evaluate("window.hit")).isNull();
  }

  @Test
  default void aTokenComesFromAnAddressOfThePagesSite() {
    String ada = newName();
    String answer = "{\"token\":\"" + rollcall().token(ada) + "\",\"expiresIn\":60}";
    String url = pages().write("application/json", answer, "");
    String element = "<rollcall-friends token-url='" + url + "'></rollcall-friends>";
    String connections = "'self' " + server() + " " + server().replace("http", "ws");
    Page page = open(element, policy(connections));
    Widgets.assertLive(list(page), "websocket");
  }

  @Test
  default void aTokenComesByAPropertyToo() {
    String ada = newName();
    Page page = open("<rollcall-friends><i>loading</i></rollcall-friends>", policy());
    assertThat(list(page)).hasAttribute("state", "connecting");
    assertThat(page.getByText("loading")).isVisible();
    page.evaluate(
        "token => { document.querySelector('rollcall-friends').token = async () => token }",
        rollcall().token(ada));
    Widgets.assertLive(list(page), "websocket");
  }
}
