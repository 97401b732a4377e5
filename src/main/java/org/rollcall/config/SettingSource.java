package org.rollcall.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads settings by name and type, and collects a sentence for each wrong one, so that an operator
 * sees all of them at once.
 *
 * <p>A wrong setting is read as its default until {@link #requireUnderstood} throws. Used by one
 * thread.
 *
 * @param lookup returns a setting's text, if it is set
 * @param wrong the wrong settings so far
 */
record SettingSource(Function<String, Optional<String>> lookup, List<WrongSetting> wrong) {
  SettingSource(Function<String, Optional<String>> lookup) {
    this(lookup, new ArrayList<>());
  }

  /**
   * Reads a part of the settings. If it is wrong, notes why and returns a substitute, so that the
   * reading goes on.
   */
  <T> T part(T otherwise, Supplier<T> read) {
    try {
      return read.get();
    } catch (WrongSetting e) {
      wrong.add(e);
      return otherwise;
    }
  }

  /** Checks a part of the settings, and notes why it is wrong, if it is. */
  void check(Runnable check) {
    try {
      check.run();
    } catch (WrongSetting e) {
      wrong.add(e);
    }
  }

  /**
   * Ends the reading.
   *
   * @throws WrongSetting for all settings that were wrong
   */
  void requireUnderstood() {
    if (!wrong.isEmpty()) {
      throw WrongSetting.all(wrong);
    }
  }

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
    return part(
        otherwise,
        () ->
            switch (text.get()) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new WrongSetting(name, "true or false", text.get());
            });
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
    wrong.add(new WrongSetting(name, "a whole number from " + least + " to " + most, text.get()));
    return otherwise;
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
    wrong.add(
        new WrongSetting(
            name,
            "an ISO 8601 duration from " + least + " to " + most + ", such as PT10S",
            text.get()));
    return otherwise;
  }

  List<String> list(String name, String otherwise) {
    return Stream.of(text(name, otherwise).split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
