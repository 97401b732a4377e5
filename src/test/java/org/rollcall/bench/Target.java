package org.rollcall.bench;

import java.net.InetSocketAddress;
import org.rollcall.testing.Site;

/**
 * Where clients connect.
 *
 * <p>Clients come from several loopback addresses where the system has them, as Linux does: one
 * address has 28,000 ports, and a closed connection keeps its port for a minute.
 */
final class Target {
  private static final int SOURCES = System.getProperty("os.name", "").equals("Linux") ? 8 : 1;

  private final Site site;
  private final String path;
  private int sources;

  /**
   * Creates one.
   *
   * @param path the address of the WebSocket, without the query
   */
  Target(Site site, String path) {
    this.site = site;
    this.path = path;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(site.address(), site.port());
  }

  /** Returns the address from which the next client comes. */
  String nextSource() {
    sources = sources % SOURCES + 1;
    return "127.0.0." + sources;
  }

  /** Returns the request that asks for the upgrade. */
  String handshake(String query) {
    return String.join(
        "\r\n",
        "GET " + path + "?vsn=2.0.0" + query + " HTTP/1.1",
        "Host: " + site.host(),
        "Origin: http://" + site.host(),
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: cm9sbGNhbGwtYmVuY2gtMQ==",
        "Sec-WebSocket-Version: 13",
        "",
        "");
  }
}
