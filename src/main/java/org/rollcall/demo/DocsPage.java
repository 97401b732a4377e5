package org.rollcall.demo;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One page of the documents with its frame: the menu, the table of contents, the style.
 *
 * @param name such as {@code settings} or {@code adr/0004-jose4j}
 * @param page what it says
 * @param menu all pages that the menu names
 */
record DocsPage(String name, Markdown.Page page, List<Item> menu) {
  private static final Pattern ITEM =
      Pattern.compile("<item name=\"([^\"]+)\" href=\"([^\"]+)\" */>");
  private static final int FEWEST_TITLES = 3;
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>%2$s – Rollcall</title>
          <link rel="icon" href="%1$sdemo/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="%1$sdemo/base.css">
          <link rel="stylesheet" href="%1$sdemo/parts.css">
          <link rel="stylesheet" href="%1$sdemo/docs.css">
          <script src="%1$sdemo/theme.js"></script>
        </head>
        <body>
          <a class="skip" href="#main">Skip to the content</a>
          <header class="top">
            <a class="brand" href="%1$s"><img src="%1$sdemo/icon.svg" alt="" width="28" height="28"> Rollcall <span class="tag">Documents</span></a>
            <nav class="top-actions" aria-label="Site">
              <a class="button quiet" href="%1$s">Demo</a>
              <a class="button quiet" href="%1$sexamples/">Widgets</a>
              <button class="button quiet icon" id="theme" type="button" title="Light or dark" aria-label="Dark theme" aria-pressed="false">◐</button>
            </nav>
          </header>
          <div class="docs">
            <nav class="menu" aria-label="Documents" tabindex="0"><ul>
      %3$s</ul></nav>
      %4$s
            <main id="main" data-testid="document">
      %5$s</main>
          </div>
        </body>
      </html>
      """;

  /**
   * An entry of the menu.
   *
   * @param name what it says
   * @param href the page, relative to the first one
   */
  record Item(String name, String href) {}

  /** Reads the menu from the site's description. */
  static List<Item> menu(String site) {
    return ITEM.matcher(site).results().map(one -> new Item(one.group(1), one.group(2))).toList();
  }

  String html() {
    String up = name.contains("/") ? "../" : "";
    String title = page.titles().isEmpty() ? name : page.titles().get(0).html();
    return FRAME.formatted(
        up + "../", title.replaceAll("<[^>]*>", ""), menuHtml(up), contents(), page.html());
  }

  private String menuHtml(String up) {
    StringBuilder html = new StringBuilder();
    for (Item item : menu) {
      String current = item.href().equals(name + ".html") ? " aria-current=\"page\"" : "";
      html.append(
          "<li><a href=\"%s\"%s>%s</a></li>%n".formatted(up + item.href(), current, item.name()));
    }
    return html.toString();
  }

  private String contents() {
    List<Markdown.Title> titles =
        page.titles().stream().filter(one -> one.level() == 2 || one.level() == 3).toList();
    if (titles.size() < FEWEST_TITLES) {
      return "";
    }
    StringBuilder html =
        new StringBuilder("<nav class=\"contents\" aria-labelledby=\"contents\" tabindex=\"0\">");
    html.append("<p id=\"contents\">On this page</p><ul>\n");
    for (Markdown.Title title : titles) {
      html.append(
          "<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>%n"
              .formatted(title.level(), title.id(), title.html()));
    }
    return html.append("</ul></nav>").toString();
  }
}
