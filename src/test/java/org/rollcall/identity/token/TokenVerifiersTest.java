package org.rollcall.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.config.Settings;
import org.rollcall.identity.TrustedIssuer;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.testing.MemoryLogouts;
import org.rollcall.testing.TestToken;

/** Rules for tokens of every kind. */
class TokenVerifiersTest {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final TrustedIssuer trusted = new TrustedIssuer();
  private final ConnectTokens connect = ConnectTokens.of(Settings.read(name -> Optional.empty()));
  private final TokenVerifier all =
      new TokenVerifiers(
          new SharedSecretVerifier(TestToken.SECRET, Optional.empty()),
          trusted.verifier(),
          connect,
          new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));

  @AfterEach
  void stop() {
    trusted.close();
  }

  private List<String> ofEveryKind() {
    String backEnd = TestToken.of("7").text();
    String issued = trusted.issuer().token("7");
    return List.of(backEnd, issued, connect.mint(all.verify(issued).orElseThrow()));
  }

  @Test
  void aTokenHasOneSpelling() {
    for (String good : ofEveryKind()) {
      assertThat(all.verifyToConnect(good)).isPresent();
      for (String stray : List.of("\u00e9", " ", "\n", "%", "=", "~")) {
        String inside = good.replace(".", "." + stray);
        assertThat(all.verifyToConnect(inside)).as(stray).isEmpty();
        assertThat(all.verify(inside)).as(stray).isEmpty();
        assertThat(all.verifyToConnect(good + stray)).as(stray).isEmpty();
        assertThat(all.verify(good + stray)).as(stray).isEmpty();
      }
    }
  }

  @Test
  void theBitsThatASignatureHasTooManyAreNoOtherSpelling() {
    for (String good : ofEveryKind()) {
      int last = ALPHABET.indexOf(good.charAt(good.length() - 1));
      String other = good.substring(0, good.length() - 1) + ALPHABET.charAt(last + 1);
      assertThat(all.verifyToConnect(other)).isEmpty();
    }
  }

  @Test
  void aTextWithoutThreePartsIsNoToken() {
    for (String token : List.of("", ".", "..", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", "a..c")) {
      assertThat(all.verifyToConnect(token)).as(token).isEmpty();
      assertThat(all.verify(token)).as(token).isEmpty();
    }
  }

  private static String signed(String extra, int length) throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setSubject("7");
    claims.setExpirationTimeMinutesInTheFuture(1);
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    token.setKey(new HmacKey(TestToken.SECRET.getBytes(StandardCharsets.UTF_8)));
    if (extra.equals("header")) {
      token.setHeader("x", "x".repeat(length));
    } else {
      claims.setClaim("x", "x".repeat(length));
    }
    token.setPayload(claims.toJson());
    return token.getCompactSerialization();
  }

  @ParameterizedTest
  @CsvSource({"header, 10_000, 13_000", "claims, 40_000, 50_000"})
  void aTokenThatIsTooLongIsRefusedWithAnySignature(String where, String good, String tooLong)
      throws JoseException {
    assertThat(all.verify(signed(where, number(good)))).isPresent();
    assertThat(all.verify(signed(where, number(tooLong)))).isEmpty();
    assertThat(all.verifyToConnect(signed(where, number(tooLong)))).isEmpty();
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("_", ""));
  }
}
