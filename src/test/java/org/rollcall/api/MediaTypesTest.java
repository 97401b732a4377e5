package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MediaTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "a/b                                | a/b",
        "a/b;q=0.5 , c/*                    | a/b;q=0.500, c/*",
        "a/b;charset=x;q=1;ext=\"a\\\"b,c\"  | a/b;q=1.000",
        "a/b ; q=.25                        | a/b;q=0.250",
        "*/*;q=0.99999                      | */*;q=0.999",
        "*;q=0.                             | */*;q=0.000",
        ",a/b,,                             | a/b",
        "a/b;;                              | a/b",
        ",                                  | ^^",
      })
  void rangesAreWrittenPlainly(String value, String plain) {
    assertThat(MediaTypes.ranges(value)).contains(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/",
        "/b",
        "/",
        "*/b",
        "a/b c/d",
        "a/b;q",
        "a/b;q=",
        "a/b;q=2",
        "a/b;q=1.1",
        "a/b;q=-1",
        "a/b;q=1e0",
        "a/b;q=\"1\"",
        "a/b;x=\"y",
        "a/b;x=y z",
        "a/b;=y",
        "a/b/c",
        "a//b",
        "a/b;x=\"\\",
        "\u00e9/b",
        "a/b\u0000"
      })
  void aTextThatIsNoRangeHasNoPlainForm(String value) {
    assertThat(MediaTypes.ranges(value)).isEmpty();
    assertThat(MediaTypes.ranges("a/b, " + value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {"a/b|a/b", " a/b ; charset=\"x\" |a/b", "application/json;|application/json"})
  void aTypeIsWrittenWithoutParameters(String value, String plain) {
    assertThat(MediaTypes.type(value)).contains(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "*/*", "a/*", "*", "a/b,c/d", "a/b;q=zz", "a/b;charset="})
  void aTextThatIsNoTypeHasNoPlainForm(String value) {
    assertThat(MediaTypes.type(value)).isEmpty();
  }
}
