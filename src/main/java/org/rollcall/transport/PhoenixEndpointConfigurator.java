package org.rollcall.transport;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.server.ServerEndpointConfig;
import org.jspecify.annotations.Nullable;
import org.rollcall.socket.SocketRegistry;

/**
 * Makes the end point of each connection.
 *
 * <p>Payara's own configurator has CDI build an injection target for every connection, which takes
 * 7 % of the time of a join. Made by the container, once; called by its threads, which look the
 * node's sockets up when the first connection comes.
 */
public final class PhoenixEndpointConfigurator extends ServerEndpointConfig.Configurator {
  private volatile @Nullable SocketRegistry sockets;

  /** Creates one; the container calls it. */
  public PhoenixEndpointConfigurator() {
    // Made by reflection.
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpoint) {
    return endpoint.cast(new PhoenixEndpoint(sockets()));
  }

  private SocketRegistry sockets() {
    SocketRegistry found = sockets;
    if (found == null) {
      found = CDI.current().select(SocketRegistry.class).get();
      sockets = found;
    }
    return found;
  }
}
