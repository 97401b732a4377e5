package org.rollcall.transport;

import java.security.Principal;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;

/**
 * The result of a handshake's checks. It travels from the filter to the end point as the session's
 * principal, the only object that both servers pass on.
 *
 * @param client who connects, and in which version
 * @param guard the guard of the connection beneath
 * @param sockets the node's sockets, of which it becomes one
 * @param opened runs once the connection is open
 */
record HandshakePrincipal(
    Socket.Client client, ConnectionGuard guard, SocketRegistry sockets, Runnable opened)
    implements Principal {
  @Override
  public String getName() {
    return client.user().isPresent() ? client.user().get().getName() : "anonymous";
  }

  @Override
  public String toString() {
    return "Handshake";
  }
}
