package org.rollcall.transport;

import jakarta.websocket.server.ServerEndpointConfig;

/**
 * Makes the end point of each connection. An end point needs no injection: its {@link
 * HandshakePrincipal} brings all that it uses.
 *
 * <p>Payara's own configurator has CDI build an injection target for every connection, which takes
 * 7 % of the time of a join. Called by the container's threads.
 */
final class PhoenixEndpointConfigurator extends ServerEndpointConfig.Configurator {
  @Override
  public <T> T getEndpointInstance(Class<T> endpoint) {
    return endpoint.cast(new PhoenixEndpoint());
  }
}
