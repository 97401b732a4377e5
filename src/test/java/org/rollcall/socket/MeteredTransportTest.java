package org.rollcall.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredTransportTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "\u007f\u0080", "\u07ff\u0800", "\uffff", "a\ud83d\ude00b", "é€𝄞"})
  void theSizeOfATextIsItsBytesAsUtf8(String text) {
    assertThat(MeteredTransport.size(text)).isEqualTo(text.getBytes(UTF_8).length);
  }
}
