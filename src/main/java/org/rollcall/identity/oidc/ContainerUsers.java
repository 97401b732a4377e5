package org.rollcall.identity.oidc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;

/**
 * The users whom the container itself has authenticated, by any method that it is set up for. After
 * a log-in by OpenID Connect the ID token has more about the user than the principal's name.
 *
 * <p>Called on the container's threads, with a request.
 */
@ApplicationScoped
public class ContainerUsers {
  private final ThrottledWarning unreadable =
      new ThrottledWarning(System.getLogger(ContainerUsers.class.getName()));

  @Inject private Settings settings;
  @Inject private Logouts logouts;
  @Inject private Instance<OpenIdContext> context;

  /**
   * Returns the user of a principal, or empty if the log-in has ended or cannot be understood, or
   * if the name may not be a user id.
   *
   * @param roles returns whether the container gives the principal a role
   */
  public Optional<User> find(Principal principal, Predicate<String> roles) {
    @Nullable String id = principal.getName();
    return id == null
        ? Optional.empty()
        : new ContainerLogins(settings.tokens().oidc(), logouts, unreadable)
            .user(id, idToken(), roles.test(User.ADMIN));
  }

  /**
   * Returns why the user of a principal has no id, without the id itself; empty if the user has
   * one.
   */
  public Optional<String> fault(Principal principal) {
    return new ContainerLogins(settings.tokens().oidc(), logouts, unreadable)
        .fault(Objects.requireNonNullElse(principal.getName(), ""), idToken());
  }

  private Optional<String> idToken() {
    boolean login = settings.tokens().oidc().flatMap(OidcSettings::client).isPresent();
    @Nullable IdentityToken token =
        login && context.isResolvable() ? context.get().getIdentityToken() : null;
    return Optional.ofNullable(token).map(IdentityToken::getToken);
  }
}
