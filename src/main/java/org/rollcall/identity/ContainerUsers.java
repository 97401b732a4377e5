package org.rollcall.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;

/**
 * The users whom the container itself has authenticated, in whatever way it is set up for. After a
 * log-in by OpenID Connect the ID token says more of the user than the principal's name.
 */
@ApplicationScoped
public class ContainerUsers {
  private static final Logger LOG = System.getLogger(ContainerUsers.class.getName());

  /** Reads what the container has verified already. */
  private static final JwtConsumer READER =
      new JwtConsumerBuilder()
          .setSkipSignatureVerification()
          .setDisableRequireSignature()
          .setSkipAllValidators()
          .build();

  @Inject private Settings settings;
  @Inject private Trust trust;
  @Inject private Instance<OpenIdContext> context;

  /**
   * Returns the user of a principal, or empty if the log-in has ended, or if the name may not be a
   * user id.
   *
   * @param roles tells whether the container gives the principal a role
   */
  public Optional<User> find(Principal principal, Predicate<String> roles) {
    @Nullable String id = principal.getName();
    if (id == null || !UserId.isValid(id)) {
      return Optional.empty();
    }
    Optional<User> login = idToken().flatMap(token -> read(id, token));
    if (login.filter(trust.logouts()::hasEnded).isPresent()) {
      return Optional.empty();
    }
    // Any other log-in ends with the container's session.
    User user = login.orElseGet(() -> named(id));
    Set<String> groups = new HashSet<>(user.groups());
    if (roles.test(User.ADMIN)) {
      groups.add(User.ADMIN);
    }
    return Optional.of(new User(id, user.name(), Set.copyOf(groups), user.friends(), user.grant()));
  }

  /** Nobody knows when the log-in began, only that it has not ended: what it gives is new. */
  private static User named(String id) {
    User.Grant grant = new User.Grant(Optional.empty(), Optional.of(Instant.now()), Instant.MAX);
    return new User(id, Optional.empty(), Set.of(), Optional.empty(), grant);
  }

  private Optional<String> idToken() {
    boolean login = settings.tokens().oidc().flatMap(OidcSettings::client).isPresent();
    @Nullable IdentityToken token =
        login && context.isResolvable() ? context.get().getIdentityToken() : null;
    return Optional.ofNullable(token).map(IdentityToken::getToken);
  }

  private Optional<User> read(String id, String token) {
    try {
      UserClaims claims = UserClaims.of(settings.tokens().oidc().orElseThrow());
      return Optional.of(claims.user(id, READER.processToClaims(token)));
    } catch (InvalidJwtException | MalformedClaimException | DateTimeException e) {
      LOG.log(Level.WARNING, "An ID token could not be read: {0}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }
}
