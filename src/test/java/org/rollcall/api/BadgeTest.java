package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The pictures of counts. */
final class BadgeTest {
  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  private static Badge badge(String label, int number) {
    return new Badge(label, number, "#4c1", Badge.Style.FLAT);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1k",
    "1234, 1.2k",
    "99999, 100k",
    "999949, 999.9k",
    "999950, 1M",
    "1500000, 1.5M",
    "2147483647, 2147.5M"
  })
  void largeNumbersAreShort(int number, String text) {
    assertThat(badge("online", number).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "viewers",
        "<script>alert(1)</script>",
        "\"><svg onload=\"x\"",
        "]]>&amp;",
        "%s%n%1$d",
        "\u5728\u7ebf \ud83d\udc40"
      })
  void aLabelIsTextAndNothingElse(String label) throws Exception {
    Element svg = parsed(badge(label, 12).svg());
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo(label.isEmpty() ? "12" : label + ": 12");
    assertThat(svg.getElementsByTagName("*").getLength()).isEqualTo(label.isEmpty() ? 13 : 15);
    assertThat(svg.getAttribute("role")).isEqualTo("img");
  }

  @Test
  void aLongerLabelIsWider() throws Exception {
    int narrow = Integer.parseInt(parsed(badge("ill", 1).svg()).getAttribute("width"));
    int wide = Integer.parseInt(parsed(badge("WWW", 1).svg()).getAttribute("width"));
    assertThat(wide).isGreaterThan(narrow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\u0000", "\ud800", "\uffff"})
  void textThatXmlCannotCarryIsNoLabel(String text) {
    assertThat(Badge.isLabel(text)).isFalse();
    assertThat(Badge.isLabel("x".repeat(65))).isFalse();
    assertThat(Badge.isLabel("x".repeat(64))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#fff", "url(x)", "ff", "fffffff", "red\"", "javascript:"})
  void aColorIsANameOrDigits(String text) {
    assertThat(Badge.color(text, 1)).isEmpty();
    assertThat(Badge.color("0aF", 1)).hasValue("#0aF");
    assertThat(Badge.color("", 0)).isNotEqualTo(Badge.color("", 1));
  }
}
