package org.rollcall.transport;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.config.Settings;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;

/**
 * Checks each handshake before the container gets it, and lets it pass if the client may connect. A
 * refusal is 403 with an empty body, late, while no thread waits. A node that is about to stop
 * answers 503 at once, so that clients and their balancers go to other nodes.
 *
 * <p>A filter, because an end point's configurator cannot refuse with a status of its own. It looks
 * at every request, and answers an upgrade at any other spelling of the address with 404: Tyrus 2.1
 * finds the end point by the raw address without its path parameters, which Payara's filter mapping
 * leaves in place, so that a filter of that one address does not see {@code /socket;x/websocket}.
 */
public class HandshakeFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** RFC 9110, section 15.5.22. */
  private static final int UPGRADE_REQUIRED = 426;

  @Inject private transient Settings settings;
  @Inject private transient TokenVerifier verifier;
  @Inject private transient ConnectionLimiter limiter;
  @Inject private transient DelayedRefusals refusals;
  @Inject private transient SocketRegistry sockets;
  private transient Optional<TyrusScheduler> tyrus = Optional.empty();

  @Override
  public void init() {
    if (settings.channels().connection().ownScheduler()) {
      tyrus = TyrusScheduler.replace(getServletContext());
    }
  }

  @Override
  public void destroy() {
    tyrus.ifPresent(TyrusScheduler::close);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    UpgradeRequest upgrade = new UpgradeRequest(request);
    boolean address = upgrade.isFor(PhoenixEndpoint.ADDRESS);
    if (!upgrade.isOne() && !address) {
      chain.doFilter(request, response);
    } else if (!address) {
      HandshakeFault.ADDRESS.log(
          () ->
              "the address is "
                  + request.getServletContext().getContextPath()
                  + PhoenixEndpoint.ADDRESS
                  + ", to the letter");
      answer(response, HttpServletResponse.SC_NOT_FOUND);
    } else if (!upgrade.isOne() || !upgrade.isVersionKnown()) {
      // Costs nothing: a page of another site can have a browser send such requests.
      HandshakeFault.NO_UPGRADE.log(
          () ->
              "it is no handshake of WebSocket 13; a proxy in front has to pass on the headers Upgrade and Connection");
      response.setHeader("Upgrade", "websocket");
      response.setHeader("Sec-WebSocket-Version", UpgradeRequest.VERSION);
      answer(response, UPGRADE_REQUIRED);
    } else if (!upgrade.isHandshake()) {
      answer(response, HttpServletResponse.SC_BAD_REQUEST);
    } else if (sockets.isDraining()) {
      answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } else {
      handshake(request, response, chain);
    }
  }

  private void handshake(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Socket.Client> client =
        new Admission(settings, verifier, limiter).admit(request, token(request));
    if (client.isEmpty()) {
      refuse(request, response);
      return;
    }
    ConnectionGuard guard = new ConnectionGuard(mostBytes(client.get()));
    HandshakePrincipal principal =
        new HandshakePrincipal(client.get(), guard, sockets, UndertowRequest.release(request));
    HttpServletRequest guarded = new GuardedRequest(request, guard, client.get().permit());
    try {
      chain.doFilter(new AdmittedRequest(guarded, principal), response);
    } finally {
      if (response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
        // The container found something wrong with it.
        client.get().permit().expire();
      }
    }
  }

  /** Finds the token. An empty parameter, which pages without a token send, is no token. */
  private static Optional<String> token(HttpServletRequest request) {
    return BearerSubprotocol.token(request.getHeaders("Sec-WebSocket-Protocol"))
        .or(
            () ->
                Optional.ofNullable(RequestQuery.first(request, "token"))
                    .filter(token -> !token.isEmpty()));
  }

  private int mostBytes(Socket.Client client) {
    return settings.channels().limits().lengths().frameBytes(client.user().isPresent());
  }

  private static void answer(HttpServletResponse response, int status) {
    response.setStatus(status);
    response.setContentLength(0);
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) {
    answer(response, HttpServletResponse.SC_FORBIDDEN);
    AsyncContext rest = request.startAsync();
    // The node's timer ends it, also when the node stops.
    rest.setTimeout(0);
    refusals.answer(rest::complete);
  }
}
