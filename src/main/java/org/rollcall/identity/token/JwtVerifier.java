package org.rollcall.identity.token;

import java.time.DateTimeException;
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
 * then the claims are verified. Safe for many threads; no call blocks.
 */
public final class JwtVerifier {
  /** By how much clocks may differ. */
  static final int LEEWAY_SECONDS = 5;

  private final JwtConsumer signature;
  private final JwtConsumer claims;

  /**
   * Creates a verifier.
   *
   * @param rules returns a new builder with all that is expected of a token
   */
  public JwtVerifier(Supplier<JwtConsumerBuilder> rules) {
    this.signature = rules.get().setSkipAllValidators().build();
    this.claims = rules.get().setSkipSignatureVerification().build();
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
    JwtContext context = signature.process(token);
    JwtClaims read = context.getJwtClaims();
    UserClaims.digits(read.getClaimValue("sub")).ifPresent(read::setSubject);
    claims.processContext(context);
    return context;
  }
}
