package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.Deployments;

/**
 * Counts on pages of another origin, by each client and by both patterns of code, the documents'
 * lines, clients that poll, and the home page without the demo.
 */
@Tag("browser")
@Timeout(90)
class CountsIT extends OnServer
    implements SnippetContract, PollingContract, PollCrowdContract, HomePageContract {
  @RegisterExtension static final Chromium CHROMIUM = Chromium.launch();
  @RegisterExtension static final PageServer PAGES = PageServer.start();

  private static final String WATCHER = "7";
  private static final AtomicInteger TOPICS = new AtomicInteger(1);

  private final String topic = "count:browser-" + TOPICS.getAndIncrement();

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of("rollcall.origins", PAGES.origin(), "rollcall.counts.interval", "PT0.1S"));
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#all")
  void everyTotalOnTheWayUpAndDownIsOneThatWas(ImportStyle importStyle) {
    Page page = watch(importStyle);
    assertThatItShows(page, 0, 0);
    Page crowd = crowd(importStyle);

    grow(crowd, viewers(30));
    grow(crowd, users(5));
    assertThatItShows(page, 30, 5);
    assertThat(totals(page)).isSorted().endsWith(35);

    crowd.evaluate("shrink(12)");
    assertThatItShows(page, 18, 5);
    crowd.evaluate("shrink(23)");
    assertThatItShows(page, 0, 0);
    List<Integer> down = totals(page);
    assertThat(down.subList(down.indexOf(35), down.size()))
        .isSortedAccordingTo(Collections.reverseOrder())
        .contains(23)
        .endsWith(0);
  }

  @ParameterizedTest
  @MethodSource("org.rollcall.browser.ImportStyle#all")
  void afterALostConnectionTheCountIsExact(ImportStyle importStyle) {
    CHROMIUM.tolerate("ERR_INTERNET_DISCONNECTED");
    Page page = watch(importStyle);
    Page crowd = crowd(importStyle);
    grow(crowd, viewers(4));
    assertThatItShows(page, 4, 0);

    page.context().setOffline(true);
    rollcall().disconnect(WATCHER);
    crowd.evaluate("shrink(3)");
    grow(crowd, users(2));
    Page other = watch(importStyle);
    assertThatItShows(other, 1, 2);
    assertThatItShows(page, 4, 0);

    page.context().setOffline(false);
    assertThatItShows(page, 1, 2);
    crowd.evaluate("shrink(1)");
    assertThatItShows(page, 0, 2);
  }

  @Test
  void pagesOfAListedOriginReadCountsOverHttpAndOthersDoNot() {
    CHROMIUM.tolerate("blocked by CORS policy");
    CHROMIUM.tolerate("ERR_FAILED");
    String read =
        "async (url) => { try { return await (await fetch(url)).text() } catch { return 'blocked' } }";
    String url = rollcall().address() + "api/counts/" + topic;
    Page page = CHROMIUM.visitor();
    page.navigate(PAGES.origin() + "/blank.html");
    assertThat(page.evaluate(read, url)).asString().contains("\"total\":0");
    page.navigate(PAGES.strangeOrigin() + "/blank.html");
    assertThat(page.evaluate(read, url)).isEqualTo("blocked");
  }

  @Override
  public Chromium chromium() {
    return CHROMIUM;
  }

  @Override
  public PageServer pages() {
    return PAGES;
  }

  @Override
  public List<String> twoFriends() {
    int ada = 5000 + 2 * TOPICS.getAndIncrement();
    List<String> both = List.of("" + ada, "" + (ada + 1));
    rollcall().befriend(both.get(0), both.get(1));
    return both;
  }

  @Override
  public Page blankPage() {
    Page page = CHROMIUM.visitor();
    page.navigate(PAGES.origin() + "/blank.html");
    return page;
  }

  private Page watch(ImportStyle importStyle) {
    Page page = CHROMIUM.visitor();
    page.navigate(pages(importStyle).counts(topic, WATCHER));
    assertThat(page.locator("#viewers")).not().hasText("-");
    return page;
  }

  private Page crowd(ImportStyle importStyle) {
    Page page = CHROMIUM.visitor();
    page.navigate(pages(importStyle).crowd(topic));
    page.waitForFunction("'grow' in window");
    return page;
  }

  private TestPages pages(ImportStyle importStyle) {
    return new TestPages(PAGES.origin(), rollcall(), importStyle);
  }

  private static void grow(Page crowd, Stream<String> tokens) {
    crowd.evaluate("tokens => grow(tokens)", tokens.toList());
  }

  private static Stream<String> viewers(int count) {
    return Stream.generate(() -> "").limit(count);
  }

  private Stream<String> users(int count) {
    return Stream.iterate(1, id -> id + 1).limit(count).map(id -> rollcall().token("" + id));
  }

  private static void assertThatItShows(Page page, int viewers, int users) {
    assertThat(page.locator("#viewers")).hasText("" + viewers);
    assertThat(page.locator("#users")).hasText("" + users);
  }

  private static List<Integer> totals(Page page) {
    return ((List<?>) page.evaluate("totals")).stream().map(Integer.class::cast).toList();
  }
}
