package org.rollcall.transport;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.Socket;

/**
 * The WebSocket end point of Phoenix Channels. One instance for each connection; called by
 * container threads, of which only a close waits, for {@link SendsUnderWay}.
 *
 * <p>It has no annotations: Undertow calls an annotated method on a worker, and reads the client's
 * first frame meanwhile, past the {@link ConnectionGuard} that the method is about to connect.
 */
public final class PhoenixEndpoint extends Endpoint {
  static final String ADDRESS = "/socket/websocket";

  private static final Logger LOG = System.getLogger(PhoenixEndpoint.class.getName());

  private static final ThrottledWarning PAST_THE_FILTER = new ThrottledWarning(LOG);

  private @Nullable Socket socket;
  private @Nullable ConnectionGuard guard;

  /** Returns the end point's address, its subprotocol, and the way to make one. */
  public static ServerEndpointConfig config() {
    return ServerEndpointConfig.Builder.create(PhoenixEndpoint.class, ADDRESS)
        .subprotocols(List.of("phoenix"))
        .configurator(new PhoenixEndpointConfigurator())
        .build();
  }

  /**
   * Opens the connection's socket. Closes a connection that has not come through the handshake
   * filter, and ignores what it sends: neither server closes it if this method throws.
   */
  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.addMessageHandler(String.class, (MessageHandler.Partial<String>) this::text);
    session.addMessageHandler(byte[].class, (MessageHandler.Partial<byte[]>) this::binary);
    session.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) this::pong);
    // No idle time-out of the container's: it would count what is sent as life, and setting one
    // makes Payara search its class path. The node watches its sockets itself.
    if (session.getUserPrincipal() instanceof HandshakePrincipal handshake) {
      guard = handshake.guard();
      UndertowConnection.measure(session, guard);
      Socket opened =
          handshake.sockets().open(handshake.client(), new WebSocketTransport(session, guard));
      guard.open(opened);
      socket = opened;
      handshake.opened().run();
    } else {
      new WebSocketTransport(session, new ConnectionGuard(0)).close(CloseCode.STRANGER);
      PAST_THE_FILTER.log("A connection that came past the handshake filter was closed");
    }
  }

  /** Takes a part of a text message. */
  private void text(String part, boolean last) {
    if (socket != null) {
      socket.messageBudget().text(part, last);
    }
  }

  /** Takes a part of a binary message. */
  private void binary(byte[] part, boolean last) {
    if (socket != null) {
      socket.messageBudget().binary(part, last);
    }
  }

  /** Takes a pong, whether or not there was a ping. The container answers pings itself. */
  private void pong(PongMessage message) {
    if (socket != null) {
      socket.messageBudget().part();
    }
  }

  /** Ends the connection's socket. */
  @Override
  public void onClose(Session session, CloseReason reason) {
    if (socket != null && guard != null) {
      socket.closed(new CloseFrames(guard).close(reason));
    }
    // An idle worker thread of WildFly keeps the last request that it has served, and with it this
    // object, until it serves another.
    if (guard != null) {
      guard.closed();
    }
    guard = null;
    socket = null;
  }

  /** Notes a failure of the connection; the container closes it after. */
  @Override
  public void onError(Session session, Throwable cause) {
    LOG.log(Level.DEBUG, "A connection failed", cause);
  }
}
