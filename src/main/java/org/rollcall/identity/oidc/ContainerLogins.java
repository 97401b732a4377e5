package org.rollcall.identity.oidc;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.config.OidcSettings;
import org.rollcall.identity.User;
import org.rollcall.identity.UserClaims;
import org.rollcall.identity.UserId;
import org.rollcall.identity.logout.Logouts;

/**
 * Makes users from the container's log-ins.
 *
 * <p>After a log-in at the issuer the ID token alone says who the user is, by the same claim as in
 * a bearer token; the principal's name is {@code sub}. The ID token also decides which log-outs end
 * the log-in. So if it cannot be read, there is no user: no log-out would end such a log-in. Safe
 * for many threads; no call blocks.
 *
 * @param oidc the issuer, if there is one
 * @param logouts the log-outs
 * @param unreadable logs that an ID token cannot be read
 */
record ContainerLogins(Optional<OidcSettings> oidc, Logouts logouts, ThrottledWarning unreadable) {
  /** Reads an ID token, which the container has verified already. */
  private static final JwtConsumer READER =
      new JwtConsumerBuilder()
          .setSkipSignatureVerification()
          .setDisableRequireSignature()
          .setSkipAllValidators()
          .build();

  /**
   * Returns the user of a log-in, or empty if it has ended or cannot be understood.
   *
   * @param name the principal's
   * @param idToken the issuer's ID token, if the issuer has authenticated the user
   * @param admin whether the container knows the user as an administrator
   */
  Optional<User> user(String name, Optional<String> idToken, boolean admin) {
    // Any other log-in ends with the container's session.
    Optional<User> user =
        idToken.isPresent()
            ? read(idToken.get()).filter(known -> !logouts.hasEnded(known))
            : Optional.of(name).filter(UserId::isValid).map(ContainerLogins::named);
    return admin ? user.map(ContainerLogins::administrator) : user;
  }

  /**
   * Returns why the user of a log-in has no id, without the id itself; empty if the user has one.
   *
   * @param name the principal's
   */
  Optional<String> fault(String name, Optional<String> idToken) {
    if (idToken.isEmpty()) {
      return UserId.fault(name);
    }
    try {
      UserClaims claims = UserClaims.of(oidc.orElseThrow());
      Optional<String> id = claims.givenId(READER.processToClaims(idToken.get()));
      return id.isPresent()
          ? UserId.fault(id.get())
          : Optional.of(
              "an ID token whose claim %s (rollcall.oidc.claim.user) is neither a text nor an integer"
                  .formatted(claims.names().user()));
    } catch (InvalidJwtException e) {
      return Optional.empty();
    }
  }

  private static User administrator(User user) {
    Set<String> groups = new HashSet<>(user.groups());
    groups.add(User.ADMIN);
    return new User(user.id(), user.name(), Set.copyOf(groups), user.friends(), user.grant());
  }

  /** The beginning of the log-in is unknown, only that it has not ended: its user counts as new. */
  private static User named(String id) {
    Optional<Instant> login = Optional.of(Instant.now());
    User.Grant grant = new User.Grant(Optional.empty(), Optional.empty(), login, Instant.MAX);
    return new User(id, Optional.empty(), Set.of(), Optional.empty(), grant);
  }

  private Optional<User> read(String token) {
    try {
      UserClaims claims = UserClaims.of(oidc.orElseThrow());
      return claims.user(READER.processToClaims(token));
    } catch (MalformedClaimException | DateTimeException e) {
      unreadable.log(
          "Users cannot log in: the issuer's ID tokens have a claim of another type than expected"
              + " (groups and friends are arrays of strings)");
    } catch (InvalidJwtException e) {
      // The exception's message holds the token.
      unreadable.log("Users cannot log in: the issuer's ID tokens are no plain JWT, or encrypted");
    }
    return Optional.empty();
  }
}
