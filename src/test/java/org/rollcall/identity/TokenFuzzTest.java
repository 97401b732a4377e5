package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.config.Settings;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.SharedSecretVerifier;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;
import org.rollcall.testing.LoggedTroubles;
import org.rollcall.testing.MemoryLogouts;
import org.rollcall.testing.RandomInput;
import org.rollcall.testing.TestToken;

/** Tokens that are no tokens, nearly tokens, and signed nonsense. */
class TokenFuzzTest {
  private static final long SEED = Long.getLong("rollcall.seed", 20261122);
  private static final int INPUTS = 10_000;

  private final RandomInput randomInput = new RandomInput(SEED);
  private final TokenVerifier verifier =
      new TokenVerifiers(
          new SharedSecretVerifier(TestToken.SECRET, Optional.empty()),
          TokenVerifiers.NONE,
          ConnectTokens.of(Settings.read(name -> Optional.empty())),
          new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));

  private String claims() {
    String id = randomInput.oneOf("\"ada\"", randomInput.json(1));
    String end = randomInput.oneOf("4000000000", randomInput.json(1));
    return "{\"sub\":%s,\"exp\":%s,\"%s\":%s}"
        .formatted(
            id, end, randomInput.oneOf("groups", "friends", "aud", "nbf"), randomInput.json(2));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noTokenButTheSignedIsBelievedAndNoneThrows() {
    String good = TestToken.of("ada").endingIn(Duration.ofHours(1)).text();
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      for (int i = 0; i < INPUTS; i++) {
        String token =
            switch (randomInput.number(3)) {
              case 0 -> randomInput.broken(good);
              case 1 ->
                  encoded(randomInput.json(2))
                      + "."
                      + encoded(claims())
                      + "."
                      + randomInput.text(20);
              default -> randomInput.text(60);
            };
        Optional<User> user = verifier.verify(token);
        assertThat(user.isPresent() && !token.equals(good))
            .as("seed %s, input %s: %s", SEED, i, token)
            .isFalse();
      }
      assertThat(troubles.all()).allMatch(line -> line.startsWith("A token was refused: "));
    }
  }

  @Test
  void signedNonsenseIsRefusedOrAUserWithARightId() {
    int believed = 0;
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      for (int i = 0; i < INPUTS; i++) {
        String claims = claims();
        Optional<User> user = verifier.verify(TestToken.signed(claims));
        believed += user.isPresent() ? 1 : 0;
        assertThat(user.map(User::id).filter(id -> !UserId.isValid(id)))
            .as("seed %s, input %s: %s", SEED, i, claims)
            .isEmpty();
      }
      assertThat(troubles.all()).allMatch(line -> line.startsWith("A token was refused: "));
    }
    assertThat(believed).isPositive();
  }
}
