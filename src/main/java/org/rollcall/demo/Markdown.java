package org.rollcall.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of the documents as HTML: titles, paragraphs, lists, tables and code of GitHub's
 * Markdown, as far as the documents use them. Titles have the anchors that GitHub gives them. All
 * other text is escaped.
 *
 * <p>For one page and one thread.
 */
final class Markdown {
  private static final Pattern TITLE = Pattern.compile("(#{1,4}) +(.+)");
  private static final Pattern ITEM = Pattern.compile("(?:[-*]|(\\d+)\\.) +(.*)");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([a-z0-9-]+)\"></a>");
  private static final Pattern RULE = Pattern.compile("\\|[-:| ]+\\|?");
  private static final String FENCE = "```";
  private static final String CODE_INDENT = "    ";

  private final StringBuilder html = new StringBuilder();
  private final List<Title> titles = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private String anchor = "";

  private Markdown() {}

  /**
   * A title within the page.
   *
   * @param level 1 for the page's own
   * @param id its anchor
   * @param html its text
   */
  record Title(int level, String id, String html) {}

  /**
   * A page.
   *
   * @param html its body
   * @param titles in their order
   */
  record Page(String html, List<Title> titles) {}

  /** Renders the text of a page. */
  static Page render(String text) {
    Markdown markdown = new Markdown();
    markdown.blocks(text.lines().toList());
    return new Page(markdown.html.toString(), List.copyOf(markdown.titles));
  }

  private void blocks(List<String> lines) {
    int next = 0;
    while (next < lines.size()) {
      next = block(lines, next);
    }
  }

  /** Renders the block that starts at a line, and returns the line after it. */
  private int block(List<String> lines, int start) {
    String line = lines.get(start);
    if (line.isBlank()) {
      return start + 1;
    }
    if (line.startsWith(FENCE)) {
      int end = endOf(lines, start + 1, one -> one.startsWith(FENCE));
      code(lines.subList(start + 1, end));
      return end + 1;
    }
    if (line.startsWith("<!--")) {
      return endOf(lines, start, one -> one.contains("-->")) + 1;
    }
    if (line.startsWith(CODE_INDENT)) {
      int end = endOf(lines, start, one -> !one.isBlank() && !one.startsWith(CODE_INDENT));
      code(lines.subList(start, end).stream().map(Markdown::outdented).toList());
      return end;
    }
    if (line.startsWith("|")) {
      int end = endOf(lines, start, one -> !one.startsWith("|"));
      table(lines.subList(start, end));
      return end;
    }
    if (line.startsWith("> ")) {
      int end = endOf(lines, start, one -> !one.startsWith(">"));
      html.append("<blockquote>");
      blocks(lines.subList(start, end).stream().map(one -> one.replaceFirst("^> ?", "")).toList());
      html.append("</blockquote>\n");
      return end;
    }
    return ITEM.matcher(line).matches() ? list(lines, start) : text(lines, start);
  }

  private int text(List<String> lines, int start) {
    String line = lines.get(start);
    Matcher explicit = ANCHOR.matcher(line);
    if (explicit.matches()) {
      anchor = explicit.group(1);
      return start + 1;
    }
    Matcher title = TITLE.matcher(line);
    if (title.matches()) {
      title(title.group(1).length(), title.group(2));
      return start + 1;
    }
    int end = endOf(lines, start + 1, Markdown::endsParagraph);
    html.append("<p>");
    html.append(Inline.render(String.join("\n", lines.subList(start, end)))).append("</p>\n");
    return end;
  }

  private static boolean endsParagraph(String line) {
    return line.isBlank()
        || line.startsWith(FENCE)
        || line.startsWith("|")
        || line.startsWith("<!--")
        || TITLE.matcher(line).matches()
        || ITEM.matcher(line).matches();
  }

  private void title(int level, String text) {
    String slug =
        text.toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "")
            .strip()
            .replace(' ', '-');
    int times = ids.merge(slug, 1, Integer::sum);
    String id = times == 1 ? slug : slug + "-" + (times - 1);
    if (!anchor.isEmpty() && !anchor.equals(id)) {
      html.append("<a id=\"").append(anchor).append("\"></a>");
    }
    anchor = "";
    String inner = Inline.render(text);
    titles.add(new Title(level, id, inner));
    html.append("<h%d id=\"%s\">%s".formatted(level, id, inner));
    if (level > 1) {
      html.append(
          " <a class=\"anchor\" href=\"#%s\" aria-label=\"Link to this title\">#</a>"
              .formatted(id));
    }
    html.append("</h%d>\n".formatted(level));
  }

  private int list(List<String> lines, int start) {
    Matcher first = ITEM.matcher(lines.get(start));
    String tag = first.matches() && first.group(1) != null ? "ol" : "ul";
    html.append("<").append(tag).append(">\n");
    int next = start;
    while (next < lines.size() && ITEM.matcher(lines.get(next)).matches()) {
      int end = endOfItem(lines, next + 1);
      html.append("<li>");
      item(lines.subList(next, end));
      html.append("</li>\n");
      next = endOf(lines, end, line -> !line.isBlank());
    }
    html.append("</").append(tag).append(">\n");
    return next;
  }

  /** Returns the line after an item: what is indented belongs to it, also below an empty line. */
  private static int endOfItem(List<String> lines, int from) {
    int end = from;
    while (end < lines.size()) {
      int text = endOf(lines, end, line -> !line.isBlank());
      boolean inside = text < lines.size() && lines.get(text).startsWith("  ");
      if (!inside && endsParagraph(lines.get(end))) {
        return end;
      }
      end = text + 1;
    }
    return end;
  }

  /** Renders one item of a list: its own text, and the blocks that are indented below it. */
  private void item(List<String> lines) {
    Matcher first = ITEM.matcher(lines.get(0));
    List<String> all = new ArrayList<>();
    all.add(first.matches() ? first.group(2) : lines.get(0));
    lines.subList(1, lines.size()).forEach(line -> all.add(line.replaceFirst("^ {2,3}", "")));
    int end = endOf(all, 1, Markdown::endsParagraph);
    html.append(Inline.render(String.join("\n", all.subList(0, end))));
    blocks(all.subList(end, all.size()));
  }

  private void table(List<String> lines) {
    boolean hasHead = lines.size() > 1 && RULE.matcher(lines.get(1).strip()).matches();
    html.append(
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n");
    for (int i = 0; i < lines.size(); i++) {
      if (hasHead && i == 1) {
        continue;
      }
      String tag = hasHead && i == 0 ? "th" : "td";
      html.append("<tr>");
      for (String cell : cells(lines.get(i))) {
        html.append("<%s>%s</%s>".formatted(tag, Inline.render(cell), tag));
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private static List<String> cells(String row) {
    String inner = row.strip().substring(1).replaceFirst("(?<!\\\\)\\|$", "");
    List<String> cells = new ArrayList<>();
    for (String cell : inner.split("(?<!\\\\)\\|", -1)) {
      cells.add(cell.strip().replace("\\|", "|"));
    }
    return cells;
  }

  private void code(List<String> lines) {
    html.append("<pre tabindex=\"0\"><code>");
    html.append(Inline.escape(String.join("\n", lines))).append("</code></pre>\n");
  }

  private static String outdented(String line) {
    return line.startsWith(CODE_INDENT) ? line.substring(CODE_INDENT.length()) : line;
  }

  private interface Test {
    boolean holds(String line);
  }

  /** Returns the first line from a place on at which a test holds, or the end. */
  private static int endOf(List<String> lines, int from, Test test) {
    int end = from;
    while (end < lines.size() && !test.holds(lines.get(end))) {
      end++;
    }
    return end;
  }
}
