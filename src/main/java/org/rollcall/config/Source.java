package org.rollcall.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads settings by name and type, with a sentence for each that cannot be understood.
 *
 * @param lookup returns a setting's text, if it is set
 */
record Source(Function<String, Optional<String>> lookup) {
  Optional<String> text(String name) {
    return lookup.apply(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return switch (text.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new WrongSetting(name, "true or false", text.get());
    };
  }

  int number(String name, int otherwise, int least, int most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the sentence
    }
    throw new WrongSetting(name, "a whole number from " + least + " to " + most, text.get());
  }

  Duration duration(String name, Duration otherwise, Duration least, Duration most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      Duration duration = Duration.parse(text.get());
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // falls through to the sentence
    }
    throw new WrongSetting(
        name, "an ISO 8601 duration from " + least + " to " + most + ", such as PT10S", text.get());
  }

  List<String> list(String name, String otherwise) {
    return Stream.of(text(name, otherwise).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
