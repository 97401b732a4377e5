package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The custom elements in languages of many plural forms, from right to left, and in motion. */
interface WidgetLanguageContract extends Widgets {
  private static String counter(String language, String labels) {
    return "<p lang=\"%s\"><rollcall-count topic=\"count:words\" %s>…</rollcall-count></p>"
        .formatted(language, labels);
  }

  /** Opens a page whose counts are said by the test, by what is returned. */
  private IntConsumer openTold(Page page, String body) {
    CompletableFuture<IntConsumer> joined = new CompletableFuture<>();
    page.routeWebSocket(
        Pattern.compile("/socket/websocket"),
        route ->
            route.onMessage(
                frame -> {
                  JsonArray join = JsonParser.parseString(frame.text()).getAsJsonArray();
                  if (join.get(3).getAsString().equals("phx_join")) {
                    joined.complete(number -> tell(route, join, number));
                  }
                }));
    open(page, body, policy());
    page.waitForCondition(joined::isDone);
    return joined.join();
  }

  private static void tell(WebSocketRoute route, JsonArray join, int number) {
    route.send(
        """
        [%s,null,%s,"presence_state",{"viewers":{"count":%d,"metas":[{"phx_ref":"a","count":%d}]},"users":{"count":0,"metas":[]}}]"""
            .formatted(join.get(0), join.get(2), number, number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ar-EG | zero few other          | 0:zero 1:١_other 2:٢_other 3:٣_few 11:١١_other",
        "ar-EG | one two few many other  | 0:٠_other 1:١_one 2:٢_two 3:٣_few 11:١١_many 100:١٠٠_other",
        "pl    | one few many            | 1:1_one 2:2_few 5:5_many 12:12_many 22:22_few 1000000:1 000 000_many",
        "pl    | one other               | 1:1_one 2:2_other 5:5_other",
        "en    | zero one other          | 0:zero 1:1_one 2:2_other 1234:1,234_other",
        "ja    | one other               | 1:1_other 2:2_other",
        "no language | one other         | 1:1_one 2:2_other",
      })
  default void eachNumberHasThePluralFormOfItsLanguage(
      String language, String forms, String expected) {
    StringBuilder labels = new StringBuilder();
    for (String form : forms.split(" ", -1)) {
      labels.append("label-%s=\"%s%s\" ".formatted(form, form.equals("zero") ? "" : "{n}_", form));
    }
    Page page = chromium().visitor(new NewContextOptions().setLocale("en-GB"));
    IntConsumer told = openTold(page, counter(language, labels.toString()));
    for (String pair : expected.split(" (?=\\d+:)", -1)) {
      int colon = pair.indexOf(':');
      told.accept(Integer.parseInt(pair.substring(0, colon)));
      assertThat(page.locator("[part=base]")).hasText(pair.substring(colon + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"ltr,false", "rtl,true"})
  default void theLabelFollowsTheNumberInTheDirectionOfThePage(String direction, boolean mirrored) {
    Page page = chromium().visitor();
    String body = "<div dir=" + direction + ">" + counter("he", "label=כאן") + "</div>";
    openTold(page, body).accept(7);
    assertThat(page.locator("[part=base]")).hasText("7 כאן");
    double number = left(page.locator("[part=number]"));
    double label = left(page.locator("[part=label]").last());
    assertThat(label < number).isEqualTo(mirrored);
  }

  @ParameterizedTest
  @CsvSource({"ltr,false", "rtl,true"})
  default void aFriendsRowRunsInTheDirectionOfThePage(String direction, boolean mirrored) {
    String ada = newName();
    String ben = newName();
    rollcall().befriend(ada, ben);
    Page page = open("<div dir=" + direction + ">" + friends(ada, "אדה") + "</div>", policy());
    open(friends(ben, "Ben (בן)"), policy());
    Locator row = page.locator("li");
    assertThat(row.locator("[part=name]")).hasText("Ben (בן)");
    double dot = left(row.locator("[part=dot]"));
    double name = left(row.locator("[part=name]"));
    double status = left(row.locator("[part=status]"));
    assertThat(name < dot).isEqualTo(mirrored);
    assertThat(status < name).isEqualTo(mirrored);
    assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth")).isEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource
  default void aChangeMovesUnlessTheVisitorPrefersThatNothingDoes(ReducedMotion motion) {
    Page page = chromium().visitor(new NewContextOptions().setReducedMotion(motion));
    page.addInitScript(
        """
        window.moves = { "rollcall-count": 0, "rollcall-friends": 0 };
        const { animate } = Element.prototype;
        Element.prototype.animate = function (...how) {
          window.moves[this.localName === "li" ? "rollcall-friends" : "rollcall-count"]++;
          return animate.apply(this, how);
        };""");
    String ada = newName();
    String ben = newName();
    rollcall().befriend(ada, ben);
    String count = "<rollcall-count topic=\"count:" + newName() + "\" track></rollcall-count>";
    open(page, count + friends(ada, "Ada"), policy());
    Widgets.assertTotal(page, 1);
    assertThat(page.locator("rollcall-friends")).hasAttribute("state", "live");
    assertThat(page.evaluate("moves['rollcall-count']")).isEqualTo(0);

    String topic =
        (String) page.evaluate("document.querySelector('rollcall-count').getAttribute('topic')");
    open(
        "<rollcall-count topic=\"" + topic + "\" track></rollcall-count>" + friends(ben, "Ben"),
        policy());
    Widgets.assertTotal(page, 2);
    assertThat(page.locator("li")).hasCount(1);
    int expected = motion == ReducedMotion.REDUCE ? 0 : 1;
    assertThat(page.evaluate("moves['rollcall-count']")).isEqualTo(expected);
    assertThat(page.evaluate("moves['rollcall-friends']")).isEqualTo(expected);
  }

  private String friends(String user, String name) {
    return "<rollcall-friends token=\"%s\" name=\"%s\"></rollcall-friends>"
        .formatted(rollcall().token(user), name);
  }

  private static double left(Locator part) {
    BoundingBox box = part.boundingBox();
    return box.x;
  }
}
