package org.rollcall.api;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rollcall.identity.TextRules;

/**
 * A small picture of a number, as pages of source code show them: a label on grey, a number on a
 * color, as SVG 1.1.
 *
 * @param label what is counted
 * @param number how many
 * @param color the number's background, as SVG takes it
 * @param style the shape
 */
record Badge(String label, int number, String color, Style style) {
  /** The most characters of a label. */
  static final int LONGEST_LABEL = 64;

  private static final int HEIGHT = 20;
  private static final int PADDING = 6;
  private static final String NOBODY = "lightgrey";

  private static final Map<String, String> COLORS =
      Map.of(
          "brightgreen",
          "#4c1",
          "green",
          "#97ca00",
          "yellow",
          "#dfb317",
          "orange",
          "#fe7d37",
          "red",
          "#e05d44",
          "blue",
          "#007ec6",
          NOBODY,
          "#9f9f9f");

  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{3}){1,2}");

  /** The shape of a badge. */
  enum Style {
    /** Round corners, and a light gradient from the top. */
    FLAT(3),
    /** Square corners, and no gradient. */
    FLAT_SQUARE(0);

    private final int radius;

    Style(int radius) {
      this.radius = radius;
    }

    /** Returns the style of a name such as {@code flat-square}. */
    static Optional<Style> of(String name) {
      for (Style style : values()) {
        if (style.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
          return Optional.of(style);
        }
      }
      return Optional.empty();
    }
  }

  /** Returns whether a text may be a label: one line of characters that XML can carry. */
  static boolean isLabel(String text) {
    return text.length() <= LONGEST_LABEL
        && TextRules.isWhole(text)
        && text.codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c == 0xfffe || c == 0xffff);
  }

  /**
   * Returns the color of a name or of three or six hexadecimal digits.
   *
   * @param name empty for the usual one
   */
  static Optional<String> color(String name, int number) {
    if (name.isEmpty()) {
      return Optional.ofNullable(COLORS.get(number == 0 ? NOBODY : "brightgreen"));
    }
    return HEX.matcher(name).matches()
        ? Optional.of("#" + name)
        : Optional.ofNullable(COLORS.get(name));
  }

  /** Returns the number as it is shown: 999, 1.2k, 3M. */
  String text() {
    if (number < 1000) {
      return Integer.toString(number);
    }
    return number < 999_950 ? rounded(1000, "k") : rounded(1_000_000, "M");
  }

  private String rounded(int unit, String letter) {
    return String.format(Locale.ROOT, "%.1f", (double) number / unit).replace(".0", "") + letter;
  }

  /** Returns the picture. */
  String svg() {
    int left = label.isEmpty() ? 0 : width(label) + 2 * PADDING;
    int right = width(text()) + 2 * PADDING;
    String name = escape(label.isEmpty() ? text() : label + ": " + text());
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" role="img" aria-label="%3$s">\
        <title>%3$s</title>\
        <linearGradient id="l" x2="0" y2="100%%"><stop offset="0" stop-color="#bbb" stop-opacity="%4$s"/>\
        <stop offset="1" stop-opacity="%4$s"/></linearGradient>\
        <clipPath id="r"><rect width="%1$d" height="%2$d" rx="%5$d"/></clipPath>\
        <g clip-path="url(#r)"><rect width="%6$d" height="%2$d" fill="#555"/>\
        <rect x="%6$d" width="%7$d" height="%2$d" fill="%8$s"/>\
        <rect width="%1$d" height="%2$d" fill="url(#l)"/></g>\
        <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">\
        %9$s%10$s</g></svg>
        """
        .formatted(
            left + right,
            HEIGHT,
            name,
            style == Style.FLAT ? ".1" : "0",
            style.radius,
            left,
            right,
            color,
            label.isEmpty() ? "" : text(label, left / 2.0),
            text(text(), left + right / 2.0));
  }

  /** Returns a text with its shadow, drawn as wide as {@link #width} says in every font. */
  private static String text(String text, double middle) {
    return String.format(
        Locale.ROOT,
        """
        <text x="%1$.1f" y="15" fill="#010101" fill-opacity=".3" textLength="%2$d" aria-hidden="true">%3$s</text>\
        <text x="%1$.1f" y="14" textLength="%2$d">%3$s</text>""",
        middle,
        width(text),
        escape(text));
  }

  /** Returns about how many pixels a text is wide. */
  private static int width(String text) {
    return (int) Math.ceil(text.codePoints().mapToDouble(Badge::width).sum());
  }

  private static double width(int c) {
    if (c > 0x2e80) {
      return 11;
    } else if ("ijl.,'|!:;I ".indexOf(c) >= 0) {
      return 4;
    } else if ("frt()[]-/\\".indexOf(c) >= 0) {
      return 5;
    } else if ("mwMW@%".indexOf(c) >= 0) {
      return 10.5;
    }
    return Character.isUpperCase(c) ? 8 : 7;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
