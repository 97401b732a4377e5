package org.rollcall.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of {@code Content-Type} and {@code Accept} in plain form: types and weights, without
 * any other parameter (RFC 9110, sections 8.3 and 12.5.1).
 *
 * <p>The servers fail, each in its own way, for a weight or a charset that is none. What is
 * returned here, both understand.
 */
final class MediaTypes {
  private MediaTypes() {}

  /** Returns a type without its parameters; empty if it is none. */
  static Optional<String> type(String value) {
    HeaderReader reader = new HeaderReader(value.strip());
    Optional<String> type = name(reader);
    Optional<String> weight = type.flatMap(known -> parameters(reader));
    return weight.isPresent() && reader.isAtEnd() && !value.contains("*") ? type : Optional.empty();
  }

  /** Returns a list of types and weights; empty if it is none. */
  static Optional<String> ranges(String value) {
    HeaderReader reader = new HeaderReader(value);
    List<String> ranges = new ArrayList<>();
    do {
      reader.skipSpace();
      if (!reader.isAtElementEnd()) {
        Optional<String> range = range(reader);
        if (range.isEmpty()) {
          return Optional.empty();
        }
        ranges.add(range.get());
      }
    } while (reader.take(','));
    return reader.isAtEnd() ? Optional.of(String.join(", ", ranges)) : Optional.empty();
  }

  private static Optional<String> range(HeaderReader reader) {
    return name(reader).flatMap(type -> parameters(reader).map(weight -> type + weight));
  }

  /** Takes a type, or the star alone, as Java's HttpURLConnection sends it for any. */
  private static Optional<String> name(HeaderReader reader) {
    String type = reader.token();
    if (type.equals("*") && !reader.take('/')) {
      return Optional.of("*/*");
    }
    if (type.isEmpty() || !(type.equals("*") || reader.take('/'))) {
      return Optional.empty();
    }
    String subtype = reader.token();
    boolean wrong = subtype.isEmpty() || (type.equals("*") && !subtype.equals("*"));
    return wrong ? Optional.empty() : Optional.of(type + "/" + subtype);
  }

  /**
   * Takes all parameters. Returns the weight as a parameter, or the empty text; nothing if wrong.
   */
  private static Optional<String> parameters(HeaderReader reader) {
    String weight = "";
    reader.skipSpace();
    while (reader.take(';')) {
      reader.skipSpace();
      String name = reader.token();
      if (!name.isEmpty()) {
        if (!reader.take('=')) {
          return Optional.empty();
        }
        String value = reader.token();
        boolean isWeight = name.equalsIgnoreCase("q");
        if (isWeight ? !isWeight(value) : value.isEmpty() && !reader.takeQuoted()) {
          return Optional.empty();
        }
        weight = isWeight ? ";q=" + plain(value) : weight;
      }
      reader.skipSpace();
    }
    return Optional.of(weight);
  }

  private static boolean isWeight(String value) {
    return value.matches("0?\\.[0-9]{1,9}|0\\.?|1(\\.0{0,9})?");
  }

  /** Three digits, as the RFC demands; some clients send more, or no zero before the point. */
  private static String plain(String weight) {
    return new BigDecimal(weight).setScale(3, RoundingMode.DOWN).toPlainString();
  }
}
