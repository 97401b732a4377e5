package org.rollcall.identity.token;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.WarningsByReason;
import org.rollcall.identity.TextRules;

/**
 * Why a token is refused, for the log: the page Troubleshooting explains each sentence.
 *
 * <p>It has nothing of the token but times, names of issuers and audiences, and what is missing:
 * neither whose it is nor how it is signed.
 */
enum TokenFault {
  NO_JWT("it is no JWT in compact form: three parts in base64url, and an algorithm"),
  NO_SECRET("it is signed with a shared secret, and rollcall.token.secret is not set, or empty"),
  NO_ISSUER("it is signed with a private key, and rollcall.oidc.issuer is not set"),
  ALGORITHM(
      "its algorithm is not taken: HS256 with rollcall.token.secret, RS, ES or PS of an issuer"),
  SIGNATURE("its signature is not by the key that is set (rollcall.token.secret, or the issuer's)"),
  UNKNOWN_KEY("rollcall.oidc.issuer has no such key, or its keys could not be read yet"),
  CONNECT(
      "it is a connect token of Rollcall's own that has ended, after a minute, or that a node with"
          + " another secret gave: pages have to get a new one for each connection"),
  EXPIRED("it has expired"),
  NO_EXP("it has no exp, the time at which it ends, in seconds"),
  EARLY("it is not valid yet (nbf, iat): compare the clocks"),
  ISSUER("its iss is not the one that is set, to the letter"),
  AUDIENCE("its aud does not name the audience that is set"),
  NO_USER(
      "it has no sub, or the claim of the user's id is none: a text or an integer of 1 to 128 characters"),
  CLAIMS("one of its claims has another type than expected"),
  ENDED("its log-in has ended: the user has logged out"),
  BLOCKED("an administrator has blocked its user");

  private static final WarningsByReason<TokenFault> LOG =
      new WarningsByReason<>(TokenFault.class, System.getLogger(TokenFault.class.getName()));

  private final String sentence;

  TokenFault(String sentence) {
    this.sentence = sentence;
  }

  /** Logs the fault, unless it was logged in the last ten minutes. */
  void log() {
    log("");
  }

  private void log(String detail) {
    LOG.log(this, () -> "A token was refused: " + sentence + detail);
  }

  /** Returns how often tokens were refused for each reason. */
  static Map<String, LongSupplier> counts() {
    return LOG.counts();
  }

  /** Logs why a token was refused. */
  static void log(InvalidJwtException e) {
    TokenFault fault = of(e);
    fault.log(fault.detail(e));
  }

  /** Returns what is wrong with a token. */
  static TokenFault of(InvalidJwtException e) {
    if (has(e, UnknownKey.class)) {
      return UNKNOWN_KEY;
    } else if (has(e, InvalidAlgorithmException.class) || has(e, UnresolvableKeyException.class)) {
      return ALGORITHM;
    } else if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return claims(e).filter(TokenFault::isToConnect).isPresent() ? CONNECT : SIGNATURE;
    } else if (e.hasExpired()) {
      return EXPIRED;
    } else if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
      return NO_EXP;
    }
    return ofClaims(e);
  }

  private static TokenFault ofClaims(InvalidJwtException e) {
    if (e.hasErrorCode(ErrorCodes.SUBJECT_MISSING)) {
      return NO_USER;
    } else if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)
        || e.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
      return EARLY;
    } else if (e.hasErrorCode(ErrorCodes.ISSUER_MISSING)
        || e.hasErrorCode(ErrorCodes.ISSUER_INVALID)) {
      return ISSUER;
    } else if (e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)) {
      return AUDIENCE;
    }
    return CLAIMS;
  }

  /** Returns whether claims are those of a token that Rollcall gives; they may be anyone's. */
  static boolean isToConnect(JwtClaims claims) {
    return ConnectTokens.CONNECT.equals(claims.getClaimValue(OwnTokens.PURPOSE));
  }

  private String detail(InvalidJwtException e) {
    Optional<JwtClaims> claims = claims(e);
    if (claims.isEmpty()) {
      return "";
    }
    try {
      return switch (this) {
        case EXPIRED -> since(claims.get());
        case ISSUER -> ": " + TextRules.forLog("" + claims.get().getIssuer());
        case AUDIENCE -> ": " + TextRules.forLog("" + claims.get().getAudience());
        default -> "";
      };
    } catch (MalformedClaimException | DateTimeException unreadable) {
      return "";
    }
  }

  private static String since(JwtClaims claims) throws MalformedClaimException {
    Instant end = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
    return " at %s, %d s ago: pages have to get a new one for each connection"
        .formatted(end, Duration.between(end, Instant.now()).toSeconds());
  }

  private static Optional<JwtClaims> claims(InvalidJwtException e) {
    @Nullable JwtContext context = e.getJwtContext();
    return context == null ? Optional.empty() : Optional.ofNullable(context.getJwtClaims());
  }

  private static boolean has(@Nullable Throwable e, Class<? extends Throwable> type) {
    return e != null && (type.isInstance(e) || has(e.getCause(), type));
  }
}
