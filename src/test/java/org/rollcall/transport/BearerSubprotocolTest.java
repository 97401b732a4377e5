package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BearerSubprotocolTest {
  private static final String TOKEN = "a.b?>~~ÿ.c";
  private static final byte[] BYTES = TOKEN.getBytes(StandardCharsets.UTF_8);

  private static Optional<String> token(String... headers) {
    return BearerSubprotocol.token(Collections.enumeration(List.of(headers)));
  }

  @Test
  void bothAlphabetsAreReadWithAndWithoutPadding() {
    String standard = Base64.getEncoder().encodeToString(BYTES);
    String url = Base64.getUrlEncoder().encodeToString(BYTES);
    for (String text : List.of(standard, url, standard.replace("=", ""), url.replace("=", ""))) {
      assertThat(token("phoenix, base64url.bearer.phx." + text)).contains(TOKEN);
      assertThat(token("phoenix", "base64url.bearer.phx." + text)).contains(TOKEN);
    }
  }

  @Test
  void withoutABearerThereIsNoToken() {
    assertThat(token()).isEmpty();
    assertThat(token("phoenix, other")).isEmpty();
  }

  @Test
  void textThatIsNoBase64IsAWrongToken() {
    assertThat(token("base64url.bearer.phx.!!!")).contains("");
  }
}
