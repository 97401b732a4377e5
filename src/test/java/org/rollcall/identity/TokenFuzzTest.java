package org.rollcall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Garbage;
import org.rollcall.testing.LoggedTroubles;
import org.rollcall.testing.MemoryLogouts;
import org.rollcall.testing.TestToken;

/** Tokens that are no tokens, nearly tokens, and signed nonsense. */
class TokenFuzzTest {
  private static final long SEED = Long.getLong("rollcall.seed", 20261122);
  private static final int INPUTS = 10_000;

  private final Garbage garbage = new Garbage(SEED);
  private final Tokens tokens =
      new AllTokens(
          new SecretTokens(TestToken.SECRET, Optional.empty()),
          AllTokens.NONE,
          AllTokens.NONE,
          new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));

  private String claims() {
    String id = garbage.oneOf("\"ada\"", garbage.json(1));
    String end = garbage.oneOf("4000000000", garbage.json(1));
    return "{\"sub\":%s,\"exp\":%s,\"%s\":%s}"
        .formatted(id, end, garbage.oneOf("groups", "friends", "aud", "nbf"), garbage.json(2));
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
            switch (garbage.number(3)) {
              case 0 -> garbage.broken(good);
              case 1 -> encoded(garbage.json(2)) + "." + encoded(claims()) + "." + garbage.text(20);
              default -> garbage.text(60);
            };
        Optional<User> user = tokens.verify(token);
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
        Optional<User> user = tokens.verify(TestToken.signed(claims));
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
