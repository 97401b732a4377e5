package org.rollcall.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A format of the {@linkplain OpenApiDocument document}. */
enum OpenApiFormat {
  JSON,
  YAML;

  private static final Pattern RANGE = Pattern.compile("([^;]+)(?:;q=(.+))?");

  /** The names of the format: the registered one first (RFC 8259, RFC 9512), then older ones. */
  private List<String> types() {
    return switch (this) {
      case JSON -> List.of("application/json", "application/vnd.oai.openapi+json");
      case YAML ->
          List.of(
              "application/yaml",
              "application/vnd.oai.openapi",
              "application/vnd.oai.openapi+yaml",
              "application/x-yaml",
              "text/yaml",
              "text/x-yaml");
    };
  }

  /** Returns the media type of an answer. */
  String type() {
    return types().get(0);
  }

  /** Returns the format of a name, {@code json} or {@code yaml}. */
  static Optional<OpenApiFormat> named(String name) {
    return switch (name) {
      case "json" -> Optional.of(JSON);
      case "yaml" -> Optional.of(YAML);
      default -> Optional.empty();
    };
  }

  /**
   * Returns the format that a client likes best, JSON if it likes both alike, and nothing if it
   * takes neither (RFC 9110, section 12.5.1).
   *
   * @param ranges as {@link MediaTypes#ranges} returns them; empty for any
   */
  static Optional<OpenApiFormat> accepted(String ranges) {
    if (ranges.isEmpty()) {
      return Optional.of(JSON);
    }
    double json = JSON.weight(ranges);
    double yaml = YAML.weight(ranges);
    if (json <= 0 && yaml <= 0) {
      return Optional.empty();
    }
    return Optional.of(json >= yaml ? JSON : YAML);
  }

  private double weight(String ranges) {
    return types().stream().mapToDouble(type -> weight(type, ranges)).max().orElse(0);
  }

  /** The most specific range that holds a type decides. */
  private static double weight(String type, String ranges) {
    double weight = 0;
    int longest = 0;
    for (String part : ranges.split(", ", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        continue;
      }
      String name = range.group(1);
      boolean holds =
          name.equalsIgnoreCase(type)
              || (name.endsWith("/*") && type.regionMatches(true, 0, name, 0, name.length() - 1))
              || name.equals("*/*");
      if (holds && name.length() > longest) {
        longest = name.length();
        weight = range.group(2) == null ? 1 : Double.parseDouble(range.group(2));
      }
    }
    return weight;
  }
}
