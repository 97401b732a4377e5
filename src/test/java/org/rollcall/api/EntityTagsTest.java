package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EntityTagsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        " * ",
        "\"x\"",
        "W/\"x\"",
        "\"a\",\"x\"",
        ",, \"a\" ,W/\"x\",",
        "\"a\"\t, \"x\""
      })
  void aTagIsFoundWhateverStandsBesideIt(String value) {
    assertThat(EntityTags.of(List.of(value)).matchWeakly("x")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "x",
        "\"x",
        "x\"",
        "'x'",
        "w/\"x\"",
        "W/x",
        "W",
        "W/",
        "W/ \"x\"",
        "*,\"x\"",
        "\"x\",*",
        "\"x\" \"a\"",
        "\"x\"a",
        "\"x\";",
        "\"\\x\"",
        "\" x\"",
        "\"a\u0000\",\"x\"",
        "\"X\"",
        "\"xx\"",
        "\"\""
      })
  void nonsenseIsNoMatch(String value) {
    assertThat(EntityTags.of(List.of(value)).matchWeakly("x")).isFalse();
    assertThat(EntityTags.of(List.of(value)).matchStrongly("x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"x\"", "W/\"x\", \"a\""})
  void aWeakTagIsNoStrongMatch(String value) {
    assertThat(EntityTags.of(List.of(value)).matchStrongly("x")).isFalse();
    assertThat(EntityTags.of(List.of(value, "\"x\"")).matchStrongly("x")).isTrue();
  }
}
