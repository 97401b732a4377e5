package org.rollcall.transport;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.rollcall.channel.Socket;
import org.rollcall.config.Settings;
import org.rollcall.identity.Tokens;
import org.rollcall.identity.User;
import org.rollcall.protocol.Serializer;

/**
 * Decides whether a client may connect, before the container takes the handshake: first its origin,
 * then its version, then its token. A refusal is 403 with an empty body.
 *
 * <p>A filter, because an end point's configurator cannot refuse with a status of its own.
 */
@WebFilter(urlPatterns = "/socket/websocket", asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient Tokens tokens;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Socket.Client> client = client(request);
    if (client.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      response.setContentLength(0);
      return;
    }
    chain.doFilter(new Known(request, new Handshake(client.get())), response);
  }

  private Optional<Socket.Client> client(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (!settings.web().origins().mayConnect(origin, request.getHeader("Host"))) {
      return Optional.empty();
    }
    Optional<Serializer> serializer =
        Serializer.of(Optional.ofNullable(request.getParameter("vsn")));
    if (serializer.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> token = token(request);
    Optional<User> user = token.flatMap(tokens::verify);
    boolean welcome = token.isPresent() ? user.isPresent() : settings.tokens().anonymous();
    return welcome ? Optional.of(new Socket.Client(user, serializer.get())) : Optional.empty();
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
