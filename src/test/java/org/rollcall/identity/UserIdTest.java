package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|nothing",
        "DOMAIN\\alice|the character \\",
        "cn=a,ou=b|the character ,",
        "a\"b|the character \"",
        "a\tb|the character U+0009",
        "a\u2028b|the character U+2028",
        "a\uFEFFb|the character U+FEFF",
        "a\u00ADb|the character U+00AD",
        "a\u202Eb|the character U+202E",
        "a\u2066b|the character U+2066",
        "a\u200Bb|the character U+200B",
        "a\uDB40\uDC67|the character U+E0067",
        "\u200Ca|the character U+200C",
        "a\u200D|the character U+200D",
        "\u200D|the character U+200D",
        "a\u200C\u200Cb|the character U+200C",
        "a\u200D\u200Cb|the character U+200D",
        "a\u200D b|the character U+200D",
        "a \u200Db|the character U+200D",
        "a\u3000\u200Db|the character U+200D",
        "a:\u200Db|the character U+200D",
        "a\u200D\uFEFFb|the character U+200D",
        // A flag without its end, with none of its region, with too much, and no flag at all.
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65|the character U+E0067",
        "\uD83C\uDFF4\uDB40\uDC7F|the character U+E007F",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67\uDB40\uDC67"
            + "\uDB40\uDC67\uDB40\uDC7F|the character U+E0067",
        "x\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC7F|the character U+E0067",
        "__proto__|a name that every JavaScript object has",
      })
  void theFaultOfAUserIdIsSaidWithoutTheText(String text, String fault) {
    assertThat(UserId.fault(text)).contains(fault);
    assertThat(UserId.isValid(text)).isFalse();
  }

  @Test
  void aUserIdHasALimit() {
    assertThat(UserId.fault("a".repeat(129))).contains("129 characters");
    assertThat(UserId.isValid("a".repeat(128))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "ada@example.org",
        "HOST/ada@EXAMPLE.ORG",
        "Ada Lovelace",
        "\u00e5",
        // Persian: I want. Its digits, and a plural.
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "\u06F1\u06F0\u200C\u0647\u0627",
        // Malayalam, with a sign that is a mark before the joiner.
        "\u0D05\u0D35\u0D28\u0D4D\u200D\u0D31\u0D46",
        // A family; a woman with a skin tone at a computer; a rainbow flag; a heart on fire.
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
        "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB",
        "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
        "\u2764\uFE0F\u200D\uD83D\uDD25",
        // A head that shakes, whose arrow is a sign of mathematics; hands that Unicode 13 lacks.
        "\uD83D\uDE42\u200D\u2194\uFE0F",
        "\uD83E\uDEF1\uD83C\uDFFB\u200D\uD83E\uDEF2\uD83C\uDFFF",
        // England.
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F",
      })
  void namesOfManyKindsAreUserIds(String text) {
    assertThat(UserId.fault(text)).isEmpty();
  }
}
