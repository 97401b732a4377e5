package org.rollcall.identity.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Key;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.rollcall.identity.User;
import org.rollcall.identity.UserClaims;

/**
 * HS256 tokens that Rollcall itself signs and accepts, for one purpose and for a short time.
 *
 * <p>The token's type says what it is for (RFC 8725, section 3.11), so that no other verifier is
 * asked first. A token is refused if it claims a longer life, even with a valid signature. Safe for
 * many threads; no call blocks.
 */
final class OwnTokens implements TokenVerifier {
  private static final Logger LOG = System.getLogger(OwnTokens.class.getName());

  /** The claim that says what a token is for. */
  static final String PURPOSE = "purpose";

  private final Key key;
  private final String purpose;
  private final String type;
  private final Duration life;
  private final JwtVerifier verifier;

  /**
   * Creates a signer and verifier.
   *
   * @param key signs the tokens; only this deployment has it, and it signs for this purpose alone
   * @param purpose what they are good for
   * @param life how long one is good
   */
  OwnTokens(byte[] key, String purpose, Duration life) {
    this.key = new HmacKey(key);
    this.purpose = purpose;
    this.type = "rollcall-%s+jwt".formatted(purpose);
    this.life = life;
    this.verifier = new JwtVerifier(this::rules, key);
  }

  private JwtConsumerBuilder rules() {
    return JwtVerifier.rules(AlgorithmIdentifiers.HMAC_SHA256)
        .setRequireSubject()
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(
            JwtVerifier.LEEWAY_SECONDS, (int) life.toSeconds() + JwtVerifier.LEEWAY_SECONDS)
        .setVerificationKey(key);
  }

  /** Returns whether a token says that it is of this purpose. */
  boolean isNamedBy(TokenHeader header) {
    return header.type().filter(type::equals).isPresent();
  }

  @Override
  public Optional<User> verify(String token) {
    try {
      JwtClaims claims = verifier.verify(token);
      return purpose.equals(claims.getStringClaimValue(PURPOSE)) && isShort(claims)
          ? UserClaims.CONNECT.user(claims)
          : Optional.empty();
    } catch (InvalidJwtException | MalformedClaimException | DateTimeException e) {
      // The exception's message holds the token.
      LOG.log(Level.DEBUG, "It is no token of our own: {0}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** An attacker who knows the key could make a token that is valid for years. */
  private boolean isShort(JwtClaims claims) throws MalformedClaimException {
    long claimed = claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue();
    return claimed <= life.toSeconds() + JwtVerifier.LEEWAY_SECONDS;
  }

  /** Gives a user a token. */
  String mint(User user) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(user.id());
    claims.setStringClaim(PURPOSE, purpose);
    claims.setIssuedAtToNow();
    NumericDate end = NumericDate.now();
    end.addSeconds(life.toSeconds());
    claims.setExpirationTime(end);
    user.name().ifPresent(name -> claims.setStringClaim("name", name));
    user.session().ifPresent(session -> claims.setStringClaim("sid", session));
    user.subject().ifPresent(subject -> claims.setStringClaim(UserClaims.SUBJECT, subject));
    // The log-in's own moment, by the issuer's clock: what a log-out is compared with.
    user.login().ifPresent(login -> claims.setClaim(UserClaims.LOGIN, login.toEpochMilli()));
    user.grant()
        .authenticated()
        .ifPresent(time -> claims.setClaim(UserClaims.AUTHENTICATED, time.toEpochMilli()));
    user.friends().ifPresent(friends -> claims.setStringListClaim("friends", List.copyOf(friends)));
    if (!user.groups().isEmpty()) {
      claims.setStringListClaim("groups", List.copyOf(user.groups()));
    }
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setHeader(HeaderParameterNames.TYPE, type);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("The key of our own tokens cannot sign", e);
    }
  }
}
