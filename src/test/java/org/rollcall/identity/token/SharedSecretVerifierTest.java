package org.rollcall.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.identity.User;
import org.rollcall.identity.UserId;

class SharedSecretVerifierTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String HEAD = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private final long later = Instant.now().plusSeconds(600).getEpochSecond();
  private final SharedSecretVerifier tokens = new SharedSecretVerifier(SECRET, Optional.empty());

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String token(String head, String claims, String algorithm, String secret) {
    String body =
        base64(head.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
      return body + "." + base64(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String token(String claims) {
    return token(HEAD, claims, "HmacSHA256", SECRET);
  }

  @Test
  void aGoodTokenIsBelieved() {
    User user =
        tokens
            .verify(
                token(
                    "{\"sub\":\"7\",\"exp\":"
                        + later
                        + ",\"groups\":[\"rollcall-admin\"],\"friends\":[\"8\",9],\"aud\":\"x\"}"))
            .orElseThrow();
    assertThat(user.id()).isEqualTo("7");
    assertThat(user.isAdmin()).isTrue();
    assertThat(user.friends()).contains(Set.of("8", "9"));
    assertThat(user.toString()).doesNotContain("7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"7\",\"exp\":1000}",
        "{\"sub\":\"7\"}",
        "{\"exp\":LATER}",
        "{\"sub\":\"\",\"exp\":LATER}",
        "{\"sub\":7.0,\"exp\":LATER}",
        "{\"sub\":7e0,\"exp\":LATER}",
        "{\"sub\":0.5,\"exp\":LATER}",
        "{\"sub\":1e3,\"exp\":LATER}",
        "{\"sub\":1e400,\"exp\":LATER}",
        "{\"sub\":true,\"exp\":LATER}",
        "{\"sub\":null,\"exp\":LATER}",
        "{\"sub\":[7],\"exp\":LATER}",
        "{\"sub\":{\"id\":7},\"exp\":LATER}",
        "{\"sub\":\"7\",\"exp\":LATER,\"friends\":[7.0]}",
        "{\"sub\":\"__proto__\",\"exp\":LATER}",
        "{\"sub\":\"a,b\",\"exp\":LATER}",
        "{\"sub\":\"7\",\"exp\":LATER,\"friends\":\"8\"}",
        "{\"sub\":\"\\ud800\",\"exp\":LATER}",
        "{\"sub\":\"7\",\"exp\":LATER,\"sid\":\"s\\ud8001\"}",
        "{\"sub\":\"7\",\"exp\":LATER,\"friends\":[{}]}",
        "{\"sub\":\"7\",\"exp\":LATER,\"groups\":{}}",
        "{\"sub\":\"7\",\"exp\":\"soon\"}",
        "{\"sub\":\"7\",\"exp\":99999999999999999}",
        "{\"sub\":\"toString\",\"exp\":LATER}",
        "{\"sub\":\"7\",\"exp\":LATER,\"nbf\":LATER}",
        "[]"
      })
  void wrongClaimsAreNot(String claims) {
    assertThat(tokens.verify(token(claims.replace("LATER", Long.toString(later))))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "-7",
        "9007199254740993",
        "1234567890123456789",
        "18446744073709551615",
        "340282366920938463463374607431768211457"
      })
  void anIntegerIsItsDigitsAsTheUserAndAsAFriend(String number) {
    String claims = "{\"sub\":%s,\"exp\":%d,\"friends\":[%s]}".formatted(number, later, number);
    User user = tokens.verify(token(claims)).orElseThrow();
    assertThat(user.id()).isEqualTo(number);
    assertThat(user.friends()).contains(Set.of(number));
  }

  @Test
  void anIntegerThatIsTooLongForAUserIdIsNot() {
    assertThat(tokens.verify(token("{\"sub\":" + "7".repeat(129) + ",\"exp\":" + later + "}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"rollcall\"' | true",
        "'[\"other\",\"rollcall\"]' | true",
        "'\"other\"' | false",
        "'\"Rollcall\"' | false",
        "'[]' | false",
        "'[\"rollcall\",7]' | false",
        "'7' | false",
        "'{}' | false",
        "'null' | false",
      })
  void anAudienceThatIsSetIsRequired(String audience, boolean right) {
    SharedSecretVerifier meant = new SharedSecretVerifier(SECRET, Optional.of("rollcall"));
    String claims = "{\"sub\":\"7\",\"exp\":%d,\"aud\":%s}".formatted(later, audience);
    assertThat(meant.verify(token(claims)).isPresent()).isEqualTo(right);
    assertThat(meant.verify(token("{\"sub\":\"7\",\"exp\":" + later + "}"))).isEmpty();
  }

  @Test
  void anotherKeyOrAlgorithmIsNot() {
    String claims = "{\"sub\":\"7\",\"exp\":" + later + "}";
    assertThat(tokens.verify(token(HEAD, claims, "HmacSHA256", SECRET + "x"))).isEmpty();
    assertThat(tokens.verify(token("{\"alg\":\"HS512\"}", claims, "HmacSHA512", SECRET))).isEmpty();
    assertThat(tokens.verify(token("{\"alg\":\"none\"}", claims, "HmacSHA256", SECRET))).isEmpty();
    String unsigned = token("{\"alg\":\"none\"}", claims, "HmacSHA256", SECRET);
    assertThat(tokens.verify(unsigned.substring(0, unsigned.lastIndexOf('.') + 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b.c", "abc", "....", "eyJhbGciOiJIUzI1NiJ9.e30."})
  void nonsenseIsNot(String token) {
    assertThat(tokens.verify(token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "ada@example.org", "Zoë", "a b", "日本", "a'b", "urn:x:1", "😀"})
  void theseMayBeUserIds(String id) {
    assertThat(UserId.isValid(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a,b", "a\"b", "a\\b", "a\nb", "constructor", "prototype", "\ud800", "\u202e"})
  void theseMayNot(String id) {
    assertThat(UserId.isValid(id)).isFalse();
    assertThat(UserId.isValid("x".repeat(129))).isFalse();
  }
}
