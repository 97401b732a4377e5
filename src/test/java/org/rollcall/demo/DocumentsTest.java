package org.rollcall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The documents as the WAR shows them. */
@Timeout(30)
class DocumentsTest {
  private static final Path SITE = Path.of("src/site");
  private static final Pattern HREF = Pattern.compile("href=\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("id=\"([^\"]+)\"");

  /** Of each page its body, by its path. */
  private static final Map<String, String> BODIES = new TreeMap<>();

  private static List<DocsPage.Item> menu = List.of();

  @BeforeAll
  static void render() throws IOException {
    Path root = SITE.resolve("markdown");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".md")).toList()) {
        String name = root.relativize(file).toString().replaceFirst("md$", "html");
        BODIES.put(name, Markdown.render(Files.readString(file)).html());
      }
    }
    menu = DocsPage.menu(Files.readString(SITE.resolve("site.xml")));
  }

  @Test
  void everyLinkWithinTheDocumentsLeadsToATitleThatIsThere() {
    BODIES.forEach(
        (name, body) ->
            assertThat(linksOf(body).filter(link -> !link.contains("://")))
                .as("links of %s", name)
                .allMatch(link -> leadsSomewhere(name, link)));
  }

  private static boolean leadsSomewhere(String name, String link) {
    String[] parts = link.split("#", 2);
    String page =
        parts[0].isEmpty() ? name : Path.of(name).resolveSibling(parts[0]).normalize().toString();
    String body = BODIES.get(page);
    return body != null && (parts.length == 1 || idsOf(body).contains(parts[1]));
  }

  private static Stream<String> linksOf(String body) {
    return HREF.matcher(body).results().map(found -> found.group(1));
  }

  private static Set<String> idsOf(String body) {
    return ID.matcher(body).results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  @Test
  void everyPageIsInTheMenuAndGettingStartedIsFirst() {
    assertThat(menu.get(0).href()).isIn("five-minutes.html", "getting-started.html");
    assertThat(menu.stream().map(DocsPage.Item::href))
        .containsExactlyInAnyOrderElementsOf(
            BODIES.keySet().stream()
                .filter(name -> !name.startsWith("adr/") || name.equals("adr/index.html"))
                .toList());
  }

  @Test
  void anIdStandsOnceOnAPage() {
    BODIES.forEach(
        (name, body) ->
            assertThat(ID.matcher(body).results().map(found -> found.group(1)))
                .as("ids of %s", name)
                .doesNotHaveDuplicates());
  }

  @Test
  void nothingOfTheMarkdownIsLeftOver() {
    BODIES.forEach(
        (name, body) ->
            assertThat(body.replaceAll("(?s)<pre.*?</pre>|<code>.*?</code>", ""))
                .as("text of %s", name)
                .doesNotContain("```", "**", "](", "|--", "`")
                .doesNotContainPattern("(?m)^(#|- |\\|)"));
  }

  @Test
  void aLongPageHasATableOfContents() throws IOException {
    Markdown.Page settings =
        Markdown.render(Files.readString(SITE.resolve("markdown/settings.md")));
    String html = new DocsPage("settings", settings, menu).html();
    assertThat(html)
        .contains("<a href=\"#limits\">Limits</a>", "<h2 id=\"limits\">")
        .contains("<a href=\"settings.html\" aria-current=\"page\">Settings</a>");
  }

  @Test
  void anImageOfTheSiteIsNamedBecauseTheWarLacksIt() {
    assertThat(body("![diffs by watchers](images/diffs.svg)"))
        .contains("<em>diffs by watchers</em>")
        .doesNotContain("images/");
  }

  @Test
  void textIsEscapedAndMarkdownIsRendered() {
    assertThat(body("# A <b> & `c<d>`"))
        .isEqualTo("<h1 id=\"a-b--cd\">A &lt;b&gt; &amp; <code>c&lt;d&gt;</code></h1>\n");
    assertThat(body("<script>alert(1)</script>"))
        .isEqualTo("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    assertThat(body("a *b* **c** [d *e*](f.md#g) <https://h.i> \\*j\\*"))
        .isEqualTo(
            "<p>a <em>b</em> <strong>c</strong> <a href=\"f.html#g\">d <em>e</em></a>"
                + " <a href=\"https://h.i\">https://h.i</a> *j*</p>\n");
    assertThat(body("- a\n  b\n- c\n\n  ```\n  d\n  ```\n"))
        .isEqualTo(
            "<ul>\n<li>a\nb</li>\n<li>c<pre tabindex=\"0\"><code>d</code></pre>\n</li>\n</ul>\n");
    assertThat(body("| a | b |\n|---|---|\n| `c\\|d` | |"))
        .contains("<tr><th>a</th><th>b</th></tr>\n<tr><td><code>c|d</code></td><td></td></tr>");
  }

  private static String body(String text) {
    return Markdown.render(text).html();
  }
}
