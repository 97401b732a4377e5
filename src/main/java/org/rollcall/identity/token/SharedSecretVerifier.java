package org.rollcall.identity.token;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.rollcall.identity.User;
import org.rollcall.identity.UserClaims;

/**
 * Verifies the tokens of the social network's own back end: HS256 with a shared secret.
 *
 * <p>Claims: {@code sub} (the user's id, a text or an integer) and {@code exp} are required; {@code
 * name}, and the arrays of strings {@code groups} and {@code friends} are optional; {@code aud}, a
 * text or an array, has to name this deployment if it has a name. One with {@code sid} is of the
 * issuer's session of that name, and ends with it; others know no log-out. The algorithm is pinned:
 * a token with any other, or none, is refused. Clocks may differ by five seconds.
 */
public final class SharedSecretVerifier implements TokenVerifier {
  private final JwtVerifier verifier;

  /**
   * Creates a verifier.
   *
   * @param secret the key, 32 bytes or more
   * @param audience what the claim {@code aud} has to name; empty if it is not looked at
   */
  public SharedSecretVerifier(String secret, Optional<String> audience) {
    byte[] key = secret.getBytes(StandardCharsets.UTF_8);
    this.verifier = new JwtVerifier(() -> rules(new HmacKey(key), audience), key);
  }

  private static JwtConsumerBuilder rules(HmacKey key, Optional<String> audience) {
    JwtConsumerBuilder rules =
        JwtVerifier.rules(AlgorithmIdentifiers.HMAC_SHA256)
            .setRequireSubject()
            .setVerificationKey(key);
    return audience.isPresent()
        ? rules.setExpectedAudience(audience.get())
        : rules.setSkipDefaultAudienceValidation();
  }

  @Override
  public Optional<User> verify(String token) {
    return verifier.user(token, UserClaims.BACK_END::user);
  }
}
