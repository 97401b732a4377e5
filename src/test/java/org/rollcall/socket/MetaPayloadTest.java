package org.rollcall.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.config.LimitSettings;
import org.rollcall.protocol.Json;
import org.rollcall.protocol.MalformedFrame;

/** Metas that are equal, and metas that not every client can read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MetaPayloadTest {
  private static final LimitSettings.Lengths LENGTHS =
      new LimitSettings.Lengths(65_536, 8192, 200, 10, 65_536);

  private static String members(String meta) throws MalformedFrame, MetaPayload.InvalidMeta {
    return MetaPayload.members(Json.parse(meta), LENGTHS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1.0",
        "1 | 1e0",
        "1 | 10E-1",
        "100 | 1e2",
        "100 | 1.00e+2",
        "0 | -0",
        "0 | 0.0e9",
        "-1.5 | -15e-1",
        "1E+300 | 1e300",
        "1E-7 | 0.0000001",
        "0.1 | 1e-1",
        "1.5E+30 | 15e29",
        "123456789012345678 | 123456789012345678.0",
        "9007199254740993 | 9007199254740993.0",
        "-9223372036854775808 | -9223372036854775808e0",
        "18446744073709551615 | 18446744073709551615"
      })
  void aNumberHasOneSpelling(String canonical, String spelling) throws Exception {
    assertThat(members("{\"n\":" + spelling + "}")).isEqualTo("\"n\":" + canonical);
    assertThat(members("{\"n\":" + canonical + "}")).isEqualTo("\"n\":" + canonical);
  }

  /** A text may be longer as it is told than as the client has spelt it. */
  @ParameterizedTest
  @CsvSource({"\u007f, 6", "\u2028, 6", "\u00e9, 2", "\ud83d\ude00, 4", "x, 1"})
  void theBytesThatAreToldAreLimited(String character, int bytes) throws Exception {
    LimitSettings.Lengths most = new LimitSettings.Lengths(65_536, 8192, 200, 10, 600 + 8);
    int longest = 600 / bytes;
    String meta = "{\"a\":\"%s\"}";
    assertThat(
            MetaPayload.members(Json.parse(meta.formatted(character.repeat(longest))), most)
                .getBytes(UTF_8))
        .hasSize(longest * bytes + 6);
    JsonValue longer = Json.parse(meta.formatted(character.repeat(longest + 1)));
    assertThatExceptionOfType(MetaPayload.InvalidMeta.class)
        .isThrownBy(() -> MetaPayload.members(longer, most))
        .withMessage("expected at most 608 bytes, but got " + ((longest + 1) * bytes + 8));
  }

  @Test
  void charactersHaveOneSpelling() throws Exception {
    assertThat(members("{\"\\u0061\":\"\\u00e9\\/\\u000a\\ud83d\\ude00\"}"))
        .isEqualTo(members("{\"a\":\"\u00e9/\\n\ud83d\ude00\"}"));
  }

  @Test
  void onlineAtIsTheServers() throws Exception {
    assertThat(members("{\"online_at\":1,\"b\":2,\"a\":1}")).isEqualTo("\"a\":1,\"b\":2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e309",
        "-1e400",
        "1e2147483647",
        "1e-400",
        "123456789012345678901",
        "0.000000000000000000001234567890123456789012",
        "1E400",
        "1e99999999999",
        "-1e-99999999999",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"a\\u0000\"",
        "{\"\\udfff\":1}",
        "{\"\\u0000\":1}",
        "[{\"__proto__\":1}]"
      })
  void aMetaThatNotEveryReaderCanReadIsRefused(String value) {
    assertThatExceptionOfType(MetaPayload.InvalidMeta.class)
        .isThrownBy(() -> members("{\"a\":[" + value + "]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9007199254740993 | 9007199254740992",
        "18446744073709551615 | 18446744073709551614",
        "0.1 | 0.10000000000000000001",
        "[1,2] | [2,1]",
        "[{\"x\":1},{\"y\":2}] | [{\"y\":2},{\"x\":1}]",
        "\"1\" | 1",
        "null | \"null\"",
        "[] | {}"
      })
  void differentMetasAreNotEqual(String one, String other) throws Exception {
    assertThat(members("{\"a\":" + one + "}")).isNotEqualTo(members("{\"a\":" + other + "}"));
  }

  @Test
  void ofAKeyThatIsThereTwiceTheLastOneCounts() throws Exception {
    assertThat(members("{\"a\":1,\"b\":[{\"c\":1,\"c\":2}],\"\\u0061\":2}"))
        .isEqualTo(members("{\"a\":2,\"b\":[{\"c\":2}]}"));
  }

  @Test
  void membersOfObjectsInNestedArraysHaveNoOrder() throws Exception {
    assertThat(members("{\"a\":[[{\"y\":[{\"q\":1,\"p\":2}],\"x\":1}]]}"))
        .isEqualTo(members("{\"a\":[[{\"x\":1,\"y\":[{\"p\":2,\"q\":1}]}]]}"));
  }

  @Test
  void numbersOfHundredsOfDigitsAreRefused() {
    for (String number :
        List.of("9".repeat(400), "0." + "1".repeat(400), "1" + "0".repeat(2000), "1e400")) {
      assertThatExceptionOfType(MetaPayload.InvalidMeta.class)
          .as(number)
          .isThrownBy(() -> members("{\"n\":" + number + "}"))
          .withMessageContaining("20 digits");
    }
  }

  @Test
  void aMetaHasAtMostSixteenLevels() throws Exception {
    assertThat(members("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")).hasSize(34);
    assertThatExceptionOfType(MetaPayload.InvalidMeta.class)
        .isThrownBy(() -> members("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"))
        .withMessageContaining("16 levels");
    assertThatExceptionOfType(MetaPayload.InvalidMeta.class)
        .isThrownBy(() -> members("{\"a\":" + "{\"a\":".repeat(15) + "{}" + "}".repeat(15) + "}"));
  }

  @Test
  void anyTwoSpellingsOfOneMetaAreEqualAndReadAsTheMeta() throws Exception {
    for (long seed = 0; seed < 500; seed++) {
      String one = object(new Random(seed), new Random(1), 3);
      String other = object(new Random(seed), new Random(2), 3);
      String members = members(one);
      assertThat(members(other)).as("seed %s: %s, %s", seed, one, other).isEqualTo(members);
      assertThat(members("{" + members + "}")).isEqualTo(members);
      JsonValue read = Json.parse("{" + members + "}");
      assertThat(CanonicalJson.of(read)).isEqualTo(CanonicalJson.of(Json.parse(one)));
    }
  }

  /** Spells a value that one generator chooses as another one likes. */
  private static String value(Random what, Random how, int depth) {
    return switch (what.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> String.valueOf(what.nextBoolean());
      case 1 -> "null";
      case 2 ->
          number(new BigDecimal(what.nextInt(2000) - 1000).movePointLeft(what.nextInt(5)), how);
      case 3 -> text("a/\u00e9\"".substring(what.nextInt(4)), how);
      case 4 -> object(what, how, depth - 1);
      default -> {
        List<String> elements = new ArrayList<>();
        for (int i = what.nextInt(4); i > 0; i--) {
          elements.add(value(what, how, depth - 1));
        }
        yield "[" + String.join(" , ", elements) + "]";
      }
    };
  }

  private static String object(Random what, Random how, int depth) {
    List<String> members = new ArrayList<>();
    for (int i = what.nextInt(5); i > 0; i--) {
      members.add(text("k" + i, how) + " : " + value(what, how, depth));
    }
    Collections.shuffle(members, how);
    return "{" + String.join(",", members) + "}";
  }

  private static String number(BigDecimal number, Random how) {
    return switch (how.nextInt(3)) {
      case 0 -> number.toPlainString();
      case 1 -> number.unscaledValue() + "e" + -number.scale();
      default -> number.setScale(number.scale() + 2).toPlainString();
    };
  }

  private static String text(String text, Random how) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(how.nextBoolean() || c == '"' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
    }
    return out.append('"').toString();
  }
}
