package org.rollcall.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.config.Origins;
import org.rollcall.config.Settings;
import org.rollcall.identity.TextRules;
import org.rollcall.identity.User;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.protocol.Serializer;
import org.rollcall.socket.Socket;

/**
 * Decides whether a client may connect: first by its origin, then by the rate of its address, then
 * by its version, its token, and the number of connections of the user and the address. The log has
 * the reason of each refusal.
 *
 * <p>Safe for many threads; no call blocks.
 *
 * @param settings which pages may connect, and whether a token is needed
 * @param verifier verifies tokens
 * @param limiter counts connections
 */
public record Admission(Settings settings, TokenVerifier verifier, ConnectionLimiter limiter) {
  /**
   * Returns the client that asks, or empty if it may not connect.
   *
   * @param token the token by which the client says who it is, if it has one
   */
  public Optional<Socket.Client> admit(HttpServletRequest request, Optional<String> token) {
    if (!isWelcomePage(origin(request), request.getHeader("Host"))) {
      return Optional.empty();
    }
    String address = address(request);
    if (!limiter.handshake(address)) {
      HandshakeFault.RATE.log(
          () ->
              "its address makes more than %d a second (rollcall.limits.connects.address); of all"
                      .formatted(settings.web().connections().connects())
                  + " clients behind a proxy that is the proxy's, unless rollcall.proxies names it");
      return Optional.empty();
    }
    Optional<Serializer> serializer = serializer(RequestQuery.first(request, "vsn"));
    if (serializer.isEmpty()) {
      return Optional.empty();
    }
    Optional<User> user = token.flatMap(verifier::verifyToConnect);
    if (token.isEmpty() && !settings.tokens().anonymous()) {
      HandshakeFault.NO_TOKEN.log(() -> "it has no token, and rollcall.anonymous is false");
      return Optional.empty();
    } else if (token.isPresent() && user.isEmpty()) {
      return Optional.empty();
    }
    return permit(address, user).map(permit -> new Socket.Client(user, serializer.get(), permit));
  }

  /** Returns the page's origin. If a client sends two, returns both, which match no origin. */
  private static @Nullable String origin(HttpServletRequest request) {
    List<String> origins = Collections.list(request.getHeaders("Origin"));
    return origins.isEmpty() ? null : String.join(", ", origins);
  }

  private boolean isWelcomePage(@Nullable String origin, @Nullable String host) {
    Origins origins = settings.web().origins();
    boolean welcome = origins.mayConnect(origin, host);
    if (!welcome) {
      HandshakeFault.ORIGIN.log(
          () ->
              "its page's origin is '%s', and %s"
                  .formatted(
                      TextRules.forLog("" + origin),
                      origins.isList()
                          ? "rollcall.origins lists " + origins
                          : "without rollcall.origins it has to be that of the host, '%s'"
                              .formatted(TextRules.forLog("" + host))));
    }
    return welcome;
  }

  private static Optional<Serializer> serializer(@Nullable String vsn) {
    Optional<Serializer> serializer = Serializer.of(Optional.ofNullable(vsn));
    if (serializer.isEmpty()) {
      HandshakeFault.VERSION.log(
          () ->
              "its version (vsn) is '%s', and 1.0.x and 2.0.x are spoken"
                  .formatted(TextRules.forLog("" + vsn)));
    }
    return serializer;
  }

  private Optional<ConnectionPermit> permit(String address, Optional<User> user) {
    Optional<ConnectionPermit> permit = limiter.enter(address, user.map(User::id));
    if (permit.isEmpty() && limiter.isFull(address)) {
      HandshakeFault.ADDRESS_CONNECTIONS.log(
          () ->
              "its address has %d connections (rollcall.limits.connections.address); of all"
                      .formatted(settings.web().connections().perAddress())
                  + " clients behind a proxy that is the proxy's, unless rollcall.proxies names it");
    } else if (permit.isEmpty()) {
      HandshakeFault.USER_CONNECTIONS.log(
          () ->
              "its user has %d connections (rollcall.limits.connections.user)"
                  .formatted(settings.web().connections().perUser()));
    }
    return permit;
  }

  private String address(HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    return settings.web().connections().trustedProxies().client(request.getRemoteAddr(), forwarded);
  }
}
