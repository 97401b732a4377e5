package org.rollcall.faults;

import java.util.List;
import org.rollcall.testing.ServerKind;
import org.rollcall.testing.Site;

/**
 * Where a node of a cluster runs.
 *
 * @param name the node's name
 * @param server what it runs on
 * @param site where clients reach it
 * @param peers where other nodes reach it
 * @param network what leads a command into the node's network; empty for this machine's own
 */
record NodeAddress(String name, ServerKind server, Site site, Peers peers, List<String> network) {
  private static final int HTTP = 18_680;
  private static final int PEERS = 17_800;

  /**
   * An address between nodes.
   *
   * @param bind the network address
   * @param port the port
   */
  record Peers(String bind, int port) {
    /** Returns it as the setting of all hosts has it. */
    String host() {
      return bind + "[" + port + "]";
    }
  }

  /** Returns a place on the loopback address. */
  static NodeAddress local(String name, ServerKind server) {
    int number = name.charAt(0) - 'a';
    return new NodeAddress(
        name, server, new Site(HTTP + number), new Peers("127.0.0.1", PEERS + number), List.of());
  }
}
