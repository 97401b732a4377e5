package org.rollcall.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.channel.Entrance;
import org.rollcall.channel.Seat;
import org.rollcall.channel.Socket;
import org.rollcall.config.Origins;
import org.rollcall.config.Settings;
import org.rollcall.identity.PlainText;
import org.rollcall.identity.Tokens;
import org.rollcall.identity.User;
import org.rollcall.protocol.Serializer;

/**
 * Decides whether a client may connect: first by its origin, then by how often its address has
 * asked, then by its version, its token, and how many connections the user and the address have.
 * The log says why a client may not.
 *
 * <p>Safe for many threads; no call blocks.
 *
 * @param settings which pages may connect, and whether a token is needed
 * @param tokens verifies tokens
 * @param entrance counts connections
 */
public record Admission(Settings settings, Tokens tokens, Entrance entrance) {
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
    if (!entrance.knock(address)) {
      HandshakeFault.RATE.log(
          () ->
              "its address makes more than %d a second (rollcall.limits.connects.address); of all"
                      .formatted(settings.web().door().connects())
                  + " clients behind a proxy that is the proxy's, unless rollcall.proxies names it");
      return Optional.empty();
    }
    Optional<Serializer> serializer = serializer(request.getParameter("vsn"));
    if (serializer.isEmpty()) {
      return Optional.empty();
    }
    Optional<User> user = token.flatMap(tokens::verifyToConnect);
    if (token.isEmpty() && !settings.tokens().anonymous()) {
      HandshakeFault.NO_TOKEN.log(() -> "it has no token, and rollcall.anonymous is false");
      return Optional.empty();
    } else if (token.isPresent() && user.isEmpty()) {
      return Optional.empty();
    }
    return seat(address, user).map(seat -> new Socket.Client(user, serializer.get(), seat));
  }

  /** Returns the page's origin; of a client that says two, both, which is nobody's. */
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
                      PlainText.forLog("" + origin),
                      origins.isList()
                          ? "rollcall.origins lists " + origins
                          : "without rollcall.origins it has to be that of the host, '%s'"
                              .formatted(PlainText.forLog("" + host))));
    }
    return welcome;
  }

  private static Optional<Serializer> serializer(@Nullable String vsn) {
    Optional<Serializer> serializer = Serializer.of(Optional.ofNullable(vsn));
    if (serializer.isEmpty()) {
      HandshakeFault.VERSION.log(
          () ->
              "its version (vsn) is '%s', and 1.0.x and 2.0.x are spoken"
                  .formatted(PlainText.forLog("" + vsn)));
    }
    return serializer;
  }

  private Optional<Seat> seat(String address, Optional<User> user) {
    Optional<Seat> seat = entrance.enter(address, user.map(User::id));
    if (seat.isEmpty() && entrance.isFull(address)) {
      HandshakeFault.ADDRESS_SEATS.log(
          () ->
              "its address has %d connections (rollcall.limits.connections.address); of all"
                      .formatted(settings.web().door().perAddress())
                  + " clients behind a proxy that is the proxy's, unless rollcall.proxies names it");
    } else if (seat.isEmpty()) {
      HandshakeFault.USER_SEATS.log(
          () ->
              "its user has %d connections (rollcall.limits.connections.user)"
                  .formatted(settings.web().door().perUser()));
    }
    return seat;
  }

  private String address(HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    return settings.web().door().proxies().client(request.getRemoteAddr(), forwarded);
  }
}
