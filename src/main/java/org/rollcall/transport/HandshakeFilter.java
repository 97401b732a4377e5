package org.rollcall.transport;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.rollcall.channel.Entrance;
import org.rollcall.channel.Refusals;
import org.rollcall.channel.Socket;
import org.rollcall.channel.Sockets;
import org.rollcall.config.Settings;
import org.rollcall.identity.Tokens;
import org.rollcall.identity.User;
import org.rollcall.protocol.Serializer;

/**
 * Decides whether a client may connect, before the container takes the handshake: first its origin,
 * then how often its address has asked, then its version, its token, and how many connections the
 * user and the address have. A refusal is 403 with an empty body, late, while no thread waits. A
 * node that is about to stop says 503 at once, so that clients and their balancers go elsewhere.
 *
 * <p>A filter, because an end point's configurator cannot refuse with a status of its own.
 */
@WebFilter(urlPatterns = "/socket/websocket", asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient Tokens tokens;
  @Inject private transient Entrance entrance;
  @Inject private transient Refusals refusals;
  @Inject private transient Sockets sockets;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (sockets.isDraining()) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setContentLength(0);
      return;
    }
    Optional<Socket.Client> client = client(request);
    if (client.isEmpty()) {
      refuse(request, response);
      return;
    }
    Line line = new Line(mostBytes(client.get()));
    Handshake handshake = new Handshake(client.get(), line);
    chain.doFilter(new Known(new LineRequest(request, line), handshake), response);
  }

  private int mostBytes(Socket.Client client) {
    return settings.channels().limits().lengths().frameBytes(client.user().isPresent());
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_FORBIDDEN);
    response.setContentLength(0);
    AsyncContext rest = request.startAsync();
    // The node's timer ends it, also when the node stops.
    rest.setTimeout(0);
    refusals.answer(rest::complete);
  }

  private Optional<Socket.Client> client(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (!settings.web().origins().mayConnect(origin, request.getHeader("Host"))) {
      return Optional.empty();
    }
    String address = address(request);
    if (!entrance.knock(address)) {
      return Optional.empty();
    }
    Optional<Serializer> serializer =
        Serializer.of(Optional.ofNullable(request.getParameter("vsn")));
    if (serializer.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> token = token(request);
    Optional<User> user = token.flatMap(tokens::verifyToConnect);
    boolean welcome = token.isPresent() ? user.isPresent() : settings.tokens().anonymous();
    if (!welcome) {
      return Optional.empty();
    }
    return entrance
        .enter(address, user.map(User::id))
        .map(seat -> new Socket.Client(user, serializer.get(), seat));
  }

  private String address(HttpServletRequest request) {
    List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
    return settings.web().door().proxies().client(request.getRemoteAddr(), forwarded);
  }

  /** Finds the token; an empty parameter, as pages send it that have none, is no token. */
  private static Optional<String> token(HttpServletRequest request) {
    return BearerSubprotocol.token(request.getHeaders("Sec-WebSocket-Protocol"))
        .or(
            () ->
                Optional.ofNullable(request.getParameter("token"))
                    .filter(token -> !token.isEmpty()));
  }

  /** A request that the filter has let pass. */
  private static final class Known extends HttpServletRequestWrapper {
    private final Handshake handshake;

    Known(HttpServletRequest request, Handshake handshake) {
      super(request);
      this.handshake = handshake;
    }

    @Override
    public Principal getUserPrincipal() {
      return handshake;
    }
  }
}
