package org.rollcall.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The links of the README and of the site's pages lead somewhere, on a Git host and in the site.
 *
 * <p>A Git host makes a heading's anchor of its words in lower case, with hyphens; Doxia keeps
 * capitals and takes underscores. So a heading that a link leads to has the former as an anchor of
 * its own on the line above it, which both know.
 */
class DocumentLinksTest {
  private static final Path SITE = Path.of("src/site/markdown");

  /** Plots, which only the site shows: it has its images elsewhere than a Git host. */
  private static final String IMAGES = "images/";

  private static final Path RESOURCES = Path.of("src/site/resources");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
  private static final Pattern ANCHOR = Pattern.compile("(?m)^<a id=\"([^\"]+)\"></a>$");

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(Path.of("README.md"), Path.of("src/main/webapp/README.md")));
    try (Stream<Path> all = Files.walk(SITE)) {
      all.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  private static String text(Path page) throws IOException {
    return Files.readString(page).replaceAll("(?s)```.*?```", "");
  }

  private static Set<String> anchorsOfAGitHost(String text) {
    Set<String> anchors = new HashSet<>();
    Matcher heading = HEADING.matcher(text);
    while (heading.find()) {
      String words = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
      String slug =
          words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
      for (int i = 1; !anchors.add(i == 1 ? slug : slug + "-" + (i - 1)); i++) {}
    }
    return anchors;
  }

  private static Set<String> ownAnchors(String text) {
    Set<String> anchors = new HashSet<>();
    Matcher anchor = ANCHOR.matcher(text);
    while (anchor.find()) {
      anchors.add(anchor.group(1));
    }
    return anchors;
  }

  /** Returns what is wrong with a link, or nothing. */
  private static String fault(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path folder = Path.of(".").resolve(page).normalize().getParent();
    Path target =
        file.isEmpty() ? page : (folder == null ? Path.of(file) : folder.resolve(file)).normalize();
    if (link.startsWith(IMAGES)) {
      return Files.exists(RESOURCES.resolve(link)) ? "" : page + ": " + link + " is no image";
    }
    if (!Files.exists(target)) {
      return page + ": " + link + " leads to no file";
    }
    if (hash < 0) {
      return "";
    }
    String text = text(target);
    String anchor = link.substring(hash + 1);
    if (!anchorsOfAGitHost(text).contains(anchor)) {
      return page + ": " + link + " leads to no heading";
    }
    return ownAnchors(text).contains(anchor)
        ? ""
        : page + ": " + link + " needs <a id=\"" + anchor + "\"></a> above the heading";
  }

  @Test
  void everyLinkLeadsToAPageAndToAnAnchorThatAGitHostAndTheSiteKnow() throws IOException {
    List<String> faults = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(text(page));
      while (link.find()) {
        if (!link.group(1).matches("[a-z]+:.*")) {
          links++;
          faults.add(fault(page, link.group(1)));
        }
      }
    }
    faults.removeIf(String::isEmpty);
    assertThat(faults).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  @Test
  void everyPageIsInTheSitesMenu() throws IOException {
    String menu = Files.readString(Path.of("src/site/site.xml"));
    try (Stream<Path> pages = Files.list(SITE)) {
      pages
          .map(page -> String.valueOf(page.getFileName()))
          .filter(name -> name.endsWith(".md"))
          .forEach(
              name -> assertThat(menu).contains("href=\"" + name.replace(".md", ".html") + "\""));
    }
  }
}
