package org.rollcall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Draws curves over an axis each, both from zero, with a line, a sign and a name for each curve.
 *
 * <p>Its title is "what was measured by what was varied".
 */
final class SvgPlot {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 80;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 90;
  private static final int TICKS = 5;
  private static final List<String> COLORS =
      List.of("#0b5cad", "#b3261e", "#1b7f3b", "#7a4fb5", "#8a5a00");
  private static final List<String> DASHES = List.of("", "7 4", "2 3", "9 3 2 3", "12 4");

  private final String title;
  private final Map<String, NavigableMap<Double, Double>> curves;
  private final double maximumX;
  private final double maximumY;

  SvgPlot(String title, Map<String, NavigableMap<Double, Double>> curves) {
    this.title = title;
    this.curves = curves;
    maximumX = round(curves.values().stream().mapToDouble(NavigableMap::lastKey).max().orElse(1));
    maximumY =
        round(
            curves.values().stream()
                .flatMap(curve -> curve.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1));
  }

  /** Returns the least of 1, 2, 2.5, 5 and 10 times a power of ten that is not less. */
  static double round(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double step : new double[] {1, 2, 2.5, 5}) {
      if (value <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Returns the drawing as a document. */
  String draw() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                .formatted(WIDTH, HEIGHT)
            + " font-family=\"sans-serif\" font-size=\"13\">");
    parts.add("<title>" + escape(title) + "</title>");
    parts.add("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
    axes(parts);
    int index = 0;
    for (Map.Entry<String, NavigableMap<Double, Double>> curve : curves.entrySet()) {
      curve(parts, index++, curve.getKey(), curve.getValue());
    }
    parts.add("</svg>");
    return String.join("\n", parts) + "\n";
  }

  private void axes(List<String> parts) {
    int by = title.lastIndexOf(" by ");
    parts.add(text(LEFT, TOP - 18, "start", by < 0 ? title : title.substring(0, by)));
    parts.add(
        text(
            (WIDTH + LEFT - RIGHT) / 2.0,
            HEIGHT - BOTTOM + 38,
            "middle",
            by < 0 ? "" : title.substring(by + 4)));
    for (int i = 0; i <= TICKS; i++) {
      double x = maximumX * i / TICKS;
      double y = maximumY * i / TICKS;
      parts.add(line(LEFT, y(y), WIDTH - RIGHT, y(y)));
      parts.add(text(LEFT - 8, y(y) + 4, "end", number(y)));
      parts.add(line(x(x), HEIGHT - BOTTOM, x(x), HEIGHT - BOTTOM + 5));
      parts.add(text(x(x), HEIGHT - BOTTOM + 20, "middle", number(x)));
    }
  }

  private void curve(
      List<String> parts, int index, String name, NavigableMap<Double, Double> points) {
    String color = COLORS.get(index % COLORS.size());
    List<String> places = new ArrayList<>();
    points.forEach(
        (x, y) -> {
          places.add(decimal(x(x)) + "," + decimal(y(y)));
          parts.add(
              "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>"
                  .formatted(decimal(x(x)), decimal(y(y)), color));
        });
    String style =
        " fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>"
            .formatted(color, DASHES.get(index % DASHES.size()));
    parts.add("<polyline points=\"" + String.join(" ", places) + "\"" + style);
    int row = index / 2;
    double left = LEFT + index % 2 * 280;
    double bottom = HEIGHT - 28 + row * 18;
    parts.add(
        "<polyline points=\"%s,%s %s,%s\""
                .formatted(
                    decimal(left), decimal(bottom - 4), decimal(left + 32), decimal(bottom - 4))
            + style);
    parts.add(text(left + 40, bottom, "start", name));
  }

  private double x(double value) {
    return LEFT + value / maximumX * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / maximumY * (HEIGHT - TOP - BOTTOM);
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#bbb\"/>"
        .formatted(decimal(x1), decimal(y1), decimal(x2), decimal(y2));
  }

  private static String text(double x, double y, String anchor, String text) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"#222\">%s</text>"
        .formatted(decimal(x), decimal(y), anchor, escape(text));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%,.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
