package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.config.Origins;
import org.rollcall.identity.User;
import org.rollcall.identity.oidc.ContainerUsers;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.social.Visibility;

/**
 * Finds the user who sends a request: by its bearer token, else by the container's authentication,
 * such as a session's log-in.
 *
 * <p>A browser adds what the container knows to every request, whichever page makes it. So one that
 * changes something has to come from a page of this origin, unless it has a bearer token.
 */
@ApplicationScoped
public class CallerVerifier {
  private static final String BEARER = "bearer ";
  private static final ThrottledWarning NO_BEARER =
      new ThrottledWarning(System.getLogger(CallerVerifier.class.getName()));
  private static final ThrottledWarning NOBODY =
      new ThrottledWarning(System.getLogger(CallerVerifier.class.getName()));
  private static final ThrottledWarning NO_ADMIN =
      new ThrottledWarning(System.getLogger(CallerVerifier.class.getName()));
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  @Inject private TokenVerifier verifier;
  @Inject private ContainerUsers users;
  @Inject private Visibility visibility;
  @Inject private HttpServletRequest request;

  /** The headers of a request. */
  @FunctionalInterface
  interface Headers {
    /** Returns the values of a header, joined by commas; null if there are none. */
    @Nullable String get(String name);
  }

  /**
   * Returns the caller, or nobody if the request names no user.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 if what it says is wrong; 403 if another
   *     origin's page may have made it
   */
  Optional<User> find(Headers headers) {
    @Nullable String header = headers.get(HttpHeaders.AUTHORIZATION);
    if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return Optional.of(of(header.substring(BEARER.length()).strip()));
    }
    if (request.getUserPrincipal() != null) {
      requireSameOrigin(headers);
      return Optional.of(session().orElseThrow(Problem::unauthorized));
    }
    if (header != null) {
      NO_BEARER.log("A request was refused with 401: its Authorization is no bearer token");
      throw Problem.unauthorized();
    }
    return Optional.empty();
  }

  /**
   * Returns the caller.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 if the request does not say who it is from,
   *     and as {@link #find}
   */
  User require(Headers headers) {
    Optional<User> caller = find(headers);
    if (caller.isEmpty()) {
      NOBODY.log("A request was refused with 401: it has neither a bearer token nor a log-in");
    }
    return caller.orElseThrow(Problem::unauthorized);
  }

  /**
   * Returns the user of a token.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 if it is wrong
   */
  User of(String token) {
    return verifier.verify(token).orElseThrow(Problem::unauthorized);
  }

  /**
   * Returns whether a request outside of JAX-RS, which only reads, is an administrator's; empty if
   * it does not say who it is from, or is wrong.
   *
   * @param header its {@code Authorization}
   */
  public Optional<Boolean> isAdmin(@Nullable String header) {
    Optional<User> caller =
        header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
            ? verifier.verify(header.substring(BEARER.length()).strip())
            : session();
    return caller.map(User::isAdmin);
  }

  /**
   * Returns the user whom the container has authenticated, or nobody, also if the log-in has ended
   * or the user is blocked.
   */
  Optional<User> session() {
    @Nullable Principal principal = request.getUserPrincipal();
    if (principal == null) {
      return Optional.empty();
    }
    return users
        .find(principal, request::isUserInRole)
        .filter(user -> !visibility.rules().isBlocked(user.id()));
  }

  /** Refuses a request that a page of another origin may have sent (cross-site request forgery). */
  private void requireSameOrigin(Headers headers) {
    if (SAFE.contains(request.getMethod())) {
      return;
    }
    if (!Origins.isOwnPage(headers::get)) {
      throw Problem.of(
          Response.Status.FORBIDDEN, "expected a page of this origin, or a bearer token");
    }
  }

  /**
   * Lets the requests of administrators pass.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 or 403 for everyone else
   */
  void requireAdmin(Headers headers) {
    if (!require(headers).isAdmin()) {
      NO_ADMIN.log("A request was refused with 403: its user is not in the group " + User.ADMIN);
      throw Problem.of(Response.Status.FORBIDDEN, "expected the group " + User.ADMIN);
    }
  }
}
