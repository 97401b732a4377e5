package org.rollcall.identity.oidc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.rollcall.config.OidcSettings;
import org.rollcall.identity.TextRules;
import org.rollcall.identity.UserClaims;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.token.CanonicalJwt;
import org.rollcall.identity.token.JwtVerifier;
import org.rollcall.identity.token.UnknownKey;

/**
 * Verifies the tokens by which an issuer reports a log-out (OpenID Connect Back-Channel Logout 1.0,
 * section 2.6).
 *
 * <p>One that names a session ends that session, of any user; one that names a user only ends all
 * of the user's. The user is known by the claim {@code sub}, and by the claim that {@code
 * rollcall.oidc.claim.user} names, which such a token need not have.
 */
public final class LogoutTokenVerifier {
  private static final Logger LOG = System.getLogger(LogoutTokenVerifier.class.getName());
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final int LEEWAY_SECONDS = 5;
  private static final int OLDEST_SECONDS = 600;
  private static final int LONGEST = 1_000;

  /** The claims are read before the signature is verified: a number of a million digits is slow. */
  private static final int LONGEST_TOKEN = 16_384;

  private final IssuerKeys keys;
  private final JwtVerifier reader;
  private final JwtVerifier verifier;
  private final UserClaims claims;
  private final Logouts logouts;
  private final InstantSource clock;

  public LogoutTokenVerifier(
      OidcSettings settings, IssuerKeys keys, Logouts logouts, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
    this.claims = UserClaims.of(settings);
    this.logouts = logouts;
    this.verifier = new JwtVerifier(() -> rules(settings, keys));
    this.reader = new JwtVerifier(() -> rules(settings, keys).setSkipSignatureVerification());
  }

  private static JwtConsumerBuilder rules(OidcSettings settings, IssuerKeys keys) {
    return IssuerTokenVerifier.rules(settings, keys)
        .setExpectedAudience(
            settings.client().map(OidcSettings.Client::id).orElse(settings.audience()))
        .setRequireIssuedAt()
        .setIssuedAtRestrictions(LEEWAY_SECONDS, OLDEST_SECONDS)
        .setRequireJwtId();
  }

  /**
   * Returns a stage that completes when the issuer has answered the next time, or has failed to.
   */
  public CompletionStage<Void> nextAnswer() {
    return keys.nextAnswer();
  }

  /** The result of a check. */
  public sealed interface Verdict {
    /**
     * The token is right.
     *
     * @param logout the log-out that the token reports
     */
    record Right(Logout logout) implements Verdict {}

    /** The token is wrong, or its log-out was carried out before. */
    record Wrong() implements Verdict {}

    /**
     * The token may be right, but is signed with a key that is not known yet: the issuer is asked.
     */
    record Unknown() implements Verdict {}
  }

  /** Verifies a token. If it is right, its log-out counts from now on. */
  public Verdict judge(String token) {
    try {
      // Without its signature first: a token that does not look right is not worth a question.
      if (token.length() > LONGEST_TOKEN
          || !CanonicalJwt.isRight(token)
          || !looksRight(reader.process(token))) {
        return new Verdict.Wrong();
      }
      JwtClaims read = verifier.verify(token);
      // A log-out that has not reached every node may come again; its moment stays.
      Optional<Logout> begun = logouts.find(read.getJwtId());
      return (begun.isPresent() ? begun : logout(read))
          .<Verdict>map(Verdict.Right::new)
          .orElseGet(Verdict.Wrong::new);
    } catch (InvalidJwtException | MalformedClaimException e) {
      LOG.log(Level.DEBUG, "A logout token was refused: {0}", e.getClass().getSimpleName());
      return e.getCause() instanceof UnknownKey ? new Verdict.Unknown() : new Verdict.Wrong();
    }
  }

  private boolean looksRight(JwtContext context) throws MalformedClaimException {
    JwtClaims read = context.getJwtClaims();
    String id = read.getJwtId();
    return context.getJoseObjects().size() == 1
        && IssuerKeys.ALGORITHMS.contains(
            String.valueOf(context.getJoseObjects().get(0).getAlgorithmHeaderValue()))
        && read.getClaimValue("events") instanceof Map<?, ?> events
        && events.get(EVENT) instanceof Map<?, ?>
        && !read.hasClaim("nonce")
        && id.length() <= LONGEST
        && TextRules.isWhole(id)
        && !logouts.isSettled(id);
  }

  private Optional<Logout> logout(JwtClaims read) throws MalformedClaimException {
    Optional<String> session = UserClaims.session(read);
    Optional<String> user = claims.id(read);
    Optional<String> subject = claims.subject(read);
    if (Stream.concat(session.stream(), subject.stream())
        .anyMatch(name -> name.isEmpty() || name.length() > LONGEST)) {
      return Optional.empty();
    }
    if (session.isEmpty() && user.isEmpty() && subject.isEmpty()) {
      LOG.log(Level.WARNING, "The issuer's log-out names neither a session nor a user");
      return Optional.empty();
    }
    return Optional.of(
        new Logout(session, user, subject, later(read, clock.instant()), read.getJwtId()));
  }

  /**
   * Returns the issuer's moment if its clock is ahead of ours, because the times in its tokens are
   * by that clock.
   */
  private static Instant later(JwtClaims read, Instant now) throws MalformedClaimException {
    Instant issued = Instant.ofEpochSecond(read.getIssuedAt().getValue());
    return issued.isAfter(now) ? issued : now;
  }
}
