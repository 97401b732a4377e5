package org.rollcall.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Tokens of the social network's own back end: HS256 with a shared secret.
 *
 * <p>Claims: {@code sub} (the user's id) and {@code exp} are required; {@code name}, and the arrays
 * of strings {@code groups} and {@code friends} are optional. One with {@code sid} is of the
 * issuer's session of that name, and ends with it; others know no log-out. The algorithm is pinned:
 * a token with any other, or none, is refused. Clocks may differ by five seconds.
 */
public final class SecretTokens implements Tokens {
  private static final Logger LOG = System.getLogger(SecretTokens.class.getName());
  private static final int LEEWAY_SECONDS = 5;
  private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");

  private final Key key;
  private final JwtConsumer consumer;

  /**
   * Creates a verifier.
   *
   * @param secret the key, 32 bytes or more
   */
  public SecretTokens(String secret) {
    this.key = new HmacKey(secret.getBytes(StandardCharsets.UTF_8));
    this.consumer =
        new JwtConsumerBuilder()
            .setRequireSubject()
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
            .setSkipDefaultAudienceValidation()
            .setVerificationKey(key)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
            .build();
  }

  @Override
  public Optional<User> verify(String token) {
    // jose4j 0.9 leaves out what is not of the alphabet, so a token would have many spellings.
    if (!COMPACT.matcher(token).matches()) {
      return Optional.empty();
    }
    try {
      return UserClaims.BACK_END.user(consumer.processToClaims(token));
    } catch (InvalidJwtException | MalformedClaimException | DateTimeException e) {
      // The exception's message holds the token.
      LOG.log(Level.DEBUG, "A token was refused: {0}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /**
   * Mints a token.
   *
   * @param id the user's id
   * @param groups the user's groups
   * @param life how long the token is valid
   */
  public String mint(String id, List<String> groups, Duration life) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(id);
    NumericDate end = NumericDate.now();
    end.addSeconds(life.toSeconds());
    claims.setExpirationTime(end);
    if (!groups.isEmpty()) {
      claims.setStringListClaim("groups", groups);
    }
    return sign(claims.getClaimsMap());
  }

  private String sign(Map<String, Object> claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(org.jose4j.json.JsonUtil.toJson(claims));
    signature.setKey(key);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setHeader("typ", "JWT");
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("The token secret cannot sign", e);
    }
  }
}
