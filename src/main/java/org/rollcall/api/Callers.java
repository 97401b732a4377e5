package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.Tokens;
import org.rollcall.identity.User;

/** Finds out who sends a request. */
@ApplicationScoped
public class Callers {
  private static final String BEARER = "bearer ";

  @Inject private Tokens tokens;

  /**
   * Returns the caller, or nobody if the request has no {@code Authorization}.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 if it has a wrong one
   */
  public Optional<User> find(HttpHeaders headers) {
    @Nullable String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Optional.empty();
    }
    if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw Problem.unauthorized();
    }
    Optional<User> user = tokens.verify(header.substring(BEARER.length()).strip());
    if (user.isEmpty()) {
      throw Problem.unauthorized();
    }
    return user;
  }

  /**
   * Lets administrators pass.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 or 403 for everyone else
   */
  public void requireAdmin(HttpHeaders headers) {
    User user = find(headers).orElseThrow(Problem::unauthorized);
    if (!user.isAdmin()) {
      throw Problem.of(Response.Status.FORBIDDEN, "expected the group " + User.ADMIN);
    }
  }
}
