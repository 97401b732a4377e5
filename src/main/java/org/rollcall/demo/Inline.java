package org.rollcall.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text within one block of Markdown as HTML: code, links and emphasis; all else is escaped. */
final class Inline {
  private static final Pattern PART =
      Pattern.compile(
          "(?<ticks>`+)(?<code>.+?)(?<!`)\\k<ticks>(?!`)"
              + "|!?\\[(?<text>(?:[^\\[\\]`]|`[^`]*`|\\[[^\\]]*\\])*)\\]\\((?<target>[^)\\s]+)\\)"
              + "|<(?<address>https?://[^>\\s]+)>"
              + "|\\*\\*(?<strong>[^*]+)\\*\\*"
              + "|(?<![\\p{L}\\p{N}*])\\*(?<em>[^*\\s](?:[^*]*[^*\\s])?)\\*(?![\\p{L}\\p{N}*])"
              + "|<a id=\"(?<anchor>[a-z0-9-]+)\"></a>"
              + "|\\\\(?<literal>[\\\\`*_{}\\[\\]()#+.!|<>-])",
          Pattern.DOTALL);
  private static final Pattern PAGE =
      Pattern.compile("((?:\\.\\./|[a-z]+/)?[a-z0-9-]+)\\.md(#.*)?");

  private Inline() {}

  static String render(String text) {
    StringBuilder html = new StringBuilder();
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find()) {
      html.append(escape(text.substring(end, part.start()))).append(html(part));
      end = part.end();
    }
    return html.append(escape(text.substring(end))).toString();
  }

  private static String html(Matcher part) {
    if (part.group("code") != null) {
      return "<code>" + escape(part.group("code").strip()) + "</code>";
    }
    if (part.group("target") != null) {
      return link(part.group("target"), render(part.group("text")));
    }
    if (part.group("address") != null) {
      return link(part.group("address"), escape(part.group("address")));
    }
    if (part.group("strong") != null) {
      return "<strong>" + render(part.group("strong")) + "</strong>";
    }
    if (part.group("em") != null) {
      return "<em>" + render(part.group("em")) + "</em>";
    }
    if (part.group("anchor") != null) {
      return "<a id=\"" + part.group("anchor") + "\"></a>";
    }
    return escape(part.group("literal"));
  }

  /** A link to another page of the documents leads to what it is rendered to. */
  private static String link(String target, String html) {
    if (target.startsWith("images/")) {
      // The WAR has the documents without the site's images.
      return "<em>" + html + "</em>";
    }
    Matcher page = PAGE.matcher(target);
    String href =
        page.matches()
            ? page.group(1) + ".html" + (page.group(2) == null ? "" : page.group(2))
            : target;
    return "<a href=\"" + escape(href) + "\">" + html + "</a>";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
