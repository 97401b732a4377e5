package org.rollcall.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.identity.TrustedIssuer;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.testing.LocalIssuer;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IssuerKeysTest {
  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();

  @AfterEach
  void stop() {
    trusted.close();
  }

  private boolean believes(String token) {
    return trusted.verifier().verify(token).isPresent();
  }

  @Test
  void aTokenOfANewKeyIsRefusedAndThenBelieved() {
    trusted.pass(Duration.ofSeconds(20));
    issuer.rotate();
    String token = issuer.token("7");
    assertThat(believes(token)).isFalse();
    trusted.background().runAll();
    assertThat(believes(token)).isTrue();
  }

  @Test
  void aKeyThatTheIssuerDropsIsForgotten() {
    String token = issuer.token("7");
    issuer.rotate();
    assertThat(believes(token)).isTrue();
    trusted.pass(Duration.ofMinutes(5));
    assertThat(believes(token)).isFalse();
  }

  @Test
  void aFloodOfUnknownKeysAsksTheIssuerOnceInTenSeconds() {
    assertThat(issuer.questions()).isEqualTo(1);
    PublicJsonWebKey own = issuer.key();
    issuer.rotate();
    String unknown = issuer.token("7");
    issuer.rotate(own);
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 20; i++) {
        assertThat(believes(unknown)).isFalse();
      }
      assertThat(trusted.background().size()).isLessThan(2);
      trusted.pass(Duration.ofSeconds(1));
    }
    assertThat(issuer.questions()).isBetween(5, 7);
    assertThat(believes(issuer.token("7"))).isTrue();
  }

  @Test
  void allWaitForOneAnswerOfTheIssuer() {
    assertThat(trusted.keys().nextAnswer()).isSameAs(trusted.keys().nextAnswer());
  }

  @Test
  void anIssuerThatIsDownAtTheStartIsFoundLater() {
    issuer.silence(true);
    IssuerKeys late =
        new IssuerKeys(trusted.settings("groups"), trusted.background(), trusted.nanos()::get);
    TokenVerifier lateTokens = new IssuerTokenVerifier(trusted.settings("groups"), late);
    late.tick();
    trusted.background().runAll();
    assertThat(lateTokens.verify(issuer.token("7"))).isEmpty();
    issuer.silence(false);
    trusted.nanos().addAndGet(Duration.ofSeconds(2).toNanos());
    late.tick();
    trusted.background().runAll();
    assertThat(lateTokens.verify(issuer.token("7"))).isPresent();
  }

  @Test
  void knownKeysOutliveTheIssuer() {
    String token = issuer.token("7");
    int port = issuer.port();
    PublicJsonWebKey key = issuer.key();
    issuer.close();
    for (int minute = 0; minute < 60; minute++) {
      trusted.pass(Duration.ofMinutes(1));
    }
    assertThat(believes(token)).isTrue();
    try (LocalIssuer back = new LocalIssuer(port)) {
      String unknown = back.token("7");
      assertThat(believes(unknown)).isFalse();
      trusted.pass(Duration.ofMinutes(1));
      assertThat(back.key().getKeyId()).isEqualTo(key.getKeyId());
      assertThat(believes(unknown)).isTrue();
    }
  }

  @Test
  void aDescriptionOfAnotherIssuerIsNotBelieved() {
    issuer.describeAs("https://evil.example");
    issuer.rotate();
    trusted.pass(Duration.ofMinutes(5));
    assertThat(believes(issuer.token("7"))).isFalse();
  }
}
