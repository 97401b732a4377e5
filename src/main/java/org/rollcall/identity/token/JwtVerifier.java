package org.rollcall.identity.token;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.rollcall.identity.User;
import org.rollcall.identity.UserClaims;

/**
 * Verifies JWTs whose subject is a text or an integer, which is read as its digits.
 *
 * <p>RFC 7519 has texts only, and jose4j refuses all else; but many back ends put a user's number
 * into {@code sub} as it is. So the signature is verified first, then the subject becomes a text,
 * then the claims are verified. Tokens have passed {@link CanonicalJwt}. Safe for many threads; no
 * call blocks.
 */
public final class JwtVerifier {
  /** By how much clocks may differ. */
  static final int LEEWAY_SECONDS = 5;

  private final JwtConsumer signature;
  private final JwtConsumer claims;
  private final Optional<HmacSignature> hmac;

  /**
   * Creates a verifier.
   *
   * @param rules returns a new builder with all that is expected of a token
   */
  public JwtVerifier(Supplier<JwtConsumerBuilder> rules) {
    this.signature = rules.get().setSkipAllValidators().build();
    this.claims = rules.get().setSkipSignatureVerification().build();
    this.hmac = Optional.empty();
  }

  /**
   * Creates a verifier of tokens that are signed by HS256. The claims of a token with the right
   * signature are the only JSON that it reads, but for the header; jose4j reads the others, to say
   * what is wrong.
   *
   * @param rules returns a new builder with all that is expected of a token
   * @param key the key that the rules name, 32 bytes or more
   */
  JwtVerifier(Supplier<JwtConsumerBuilder> rules, byte[] key) {
    this.signature = rules.get().setSkipAllValidators().build();
    // The signature was verified before.
    this.claims = rules.get().setSkipSignatureVerification().setDisableRequireSignature().build();
    this.hmac = Optional.of(new HmacSignature(key));
  }

  /** Reads a user from verified claims. */
  public interface Reader {
    /** Returns the user, or empty if the claims name none. */
    Optional<User> user(JwtClaims claims) throws MalformedClaimException;
  }

  /** Returns a builder for tokens that expire and are signed by one of these algorithms. */
  public static JwtConsumerBuilder rules(String... algorithms) {
    return new JwtConsumerBuilder()
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
        .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithms));
  }

  /** Verifies a token and returns its user, or logs why there is none. */
  public Optional<User> user(String token, Reader reader) {
    try {
      Optional<User> user = reader.user(verify(token));
      if (user.isEmpty()) {
        TokenFault.NO_USER.log();
      }
      return user;
    } catch (InvalidJwtException e) {
      TokenFault.log(e);
      return Optional.empty();
    } catch (MalformedClaimException | DateTimeException e) {
      TokenFault.CLAIMS.log();
      return Optional.empty();
    }
  }

  /** Verifies a token and returns its claims. */
  public JwtClaims verify(String token) throws InvalidJwtException {
    return process(token).getJwtClaims();
  }

  /** Verifies a token and returns its claims with what they were wrapped in. */
  public JwtContext process(String token) throws InvalidJwtException {
    JwtContext context = isSigned(token) ? read(token) : signature.process(token);
    JwtClaims read = context.getJwtClaims();
    UserClaims.digits(read.getClaimValue("sub")).ifPresent(read::setSubject);
    claims.processContext(context);
    return context;
  }

  private boolean isSigned(String token) {
    return hmac.isPresent()
        && TokenHeader.of(token).filter(TokenHeader::isPlainHs256).isPresent()
        && hmac.get().isOf(token);
  }

  private static JwtContext read(String token) throws InvalidJwtException {
    String payload = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    byte[] json = Base64.getUrlDecoder().decode(payload);
    return new JwtContext(
        token, JwtClaims.parse(new String(json, StandardCharsets.UTF_8)), List.of());
  }
}
