package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Pages of another origin with Rollcall's custom elements. */
interface Widgets {
  Path AXE = Path.of("target/npm/node_modules/axe-core/axe.min.js");
  AtomicInteger NAMES = new AtomicInteger(9000);

  /** Returns the server. */
  Rollcall rollcall();

  /** Returns the browser. */
  Chromium chromium();

  /** Returns the other site. */
  PageServer pages();

  /** Returns a user or the name of a topic that no other test has. */
  default String newName() {
    return Integer.toString(NAMES.getAndIncrement());
  }

  /** Returns the origin of the server. */
  default String server() {
    return "http://127.0.0.1:" + rollcall().port();
  }

  /** Returns the strictest policy of a page with widgets, with WebSockets. */
  default String policy() {
    return policy(server() + " " + server().replace("http", "ws"));
  }

  /** Returns the same for certain addresses of connections. */
  default String policy(String connections) {
    return "default-src 'none'; script-src "
        + server()
        + "; connect-src "
        + connections
        + "; style-src 'nonce-abc'; img-src data:";
  }

  /** Writes a page with a body and opens it in a new visitor's tab. */
  default Page open(String body, String policy) {
    return open(chromium().visitor(), body, policy);
  }

  /** Writes a page with a body and opens it. */
  default Page open(Page tab, String body, String policy) {
    String html =
        """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>Widgets</title><link rel="icon" href="data:,">
        <style nonce="abc">body { font: 16px sans-serif }</style>
        <script type="module" src="%swidget.js"></script>
        <body><main><h1>Widgets</h1>%s</main>
        """
            .formatted(rollcall().address(), body);
    tab.navigate(pages().write("text/html", html, policy));
    return tab;
  }

  /** Waits until an element is live by a transport. */
  static void assertLive(Locator element, String transport) {
    assertThat(element).hasAttribute("state", "live");
    assertThat(element).hasAttribute("transport", transport);
  }

  /** Waits until a counter has a total. */
  static void assertTotal(Page page, int total) {
    page.waitForFunction(
        "total => document.querySelector('rollcall-count').counts?.total === total", total);
  }

  /** Asserts that axe-core finds no barrier on a page. */
  static void assertNoBarriers(Page page) throws IOException {
    assertNoBarriers(page, "#no-such-part");
  }

  /** Asserts the same of all but a part, by its selector, which others have made. */
  static void assertNoBarriers(Page page, String others) throws IOException {
    page.evaluate("() => { " + Files.readString(AXE) + " }");
    List<?> found =
        (List<?>)
            page.evaluate(
                "async others => {"
                    + " const left = document.querySelector(others) ? { exclude: others } : document;"
                    + " return (await axe.run(left)).violations.flatMap(({ id, nodes }) =>"
                    + " nodes.map(({ html }) => id + ': ' + html)) }",
                others);
    assertThat(found).as("what axe-core finds").isEmpty();
  }
}
