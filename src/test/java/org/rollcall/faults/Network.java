package org.rollcall.faults;

import java.io.UncheckedIOException;
import java.util.List;
import org.rollcall.testing.ServerKind;
import org.rollcall.testing.Site;

/**
 * Two networks inside this machine, in which each node of a cluster has a namespace of its own: one
 * for its clients, who are on the machine itself, and one between nodes, which can be cut.
 *
 * <p>A namespace has a pair of virtual interfaces into each network, whose other ends are ports of
 * a bridge. A cut takes the port off its bridge, so that packets vanish and no connection is told.
 */
final class Network implements AutoCloseable {
  private static final String PREFIX = "rcfault-";
  private static final String CLIENTS = PREFIX + "c";
  private static final String PEERS = PREFIX + "p";
  private static final int HTTP = 8080;
  private static final int PORT = 7800;

  private final List<String> names;
  private final Thread end = new Thread(this::remove);

  private Network(List<String> names) {
    this.names = names;
  }

  /** Creates the networks, and a namespace for each node. */
  static Network of(List<String> names) {
    Network network = new Network(names);
    // What an interrupted run left behind.
    network.remove();
    network.requirePermission();
    Runtime.getRuntime().addShutdownHook(network.end);
    try {
      network.bridge(CLIENTS);
      network.bridge(PEERS);
      ip("address", "add", "10.203.0.254/24", "dev", CLIENTS);
      names.forEach(network::join);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void requirePermission() {
    Commands.Outcome outcome;
    try {
      outcome = Commands.attempt("ip", "netns", "add", namespace(names.get(0)));
    } catch (UncheckedIOException e) {
      throw new IllegalStateException(
          "A partition needs the command ip of iproute2, which is not there", e);
    }
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          "A partition needs network namespaces, which only root may create: " + outcome.output());
    }
    ip("netns", "delete", namespace(names.get(0)));
  }

  private void bridge(String bridge) {
    ip("link", "add", bridge, "type", "bridge", "forward_delay", "0");
    ip("link", "set", bridge, "up");
  }

  private void join(String name) {
    ip("netns", "add", namespace(name));
    inside(name, "link", "set", "lo", "up");
    attach(name, CLIENTS, clientAddress(name));
    attach(name, PEERS, peerAddress(name));
  }

  private void attach(String name, String bridge, String address) {
    String port = port(bridge, name);
    ip("link", "add", port, "type", "veth", "peer", "name", bridge, "netns", namespace(name));
    ip("link", "set", port, "master", bridge, "up");
    inside(name, "address", "add", address + "/24", "dev", bridge);
    inside(name, "link", "set", bridge, "up");
  }

  /** Returns the place of a node in its namespace. */
  NodeAddress place(String name, ServerKind server) {
    return new NodeAddress(
        name,
        server,
        new Site(clientAddress(name), HTTP),
        new NodeAddress.Peers(peerAddress(name), PORT),
        List.of("ip", "netns", "exec", namespace(name)));
  }

  /** Cuts a node off from the other nodes. */
  void cut(String name) {
    ip("link", "set", port(PEERS, name), "nomaster");
  }

  /** Undoes a cut. */
  void heal(String name) {
    ip("link", "set", port(PEERS, name), "master", PEERS);
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(end);
  }

  /**
   * Removes everything that there is of it. Interfaces first: connections that nobody has closed
   * keep a namespace, and all its contents, for a minute after its name was removed.
   */
  private void remove() {
    for (String name : names) {
      attempt("link", "delete", port(CLIENTS, name));
      attempt("link", "delete", port(PEERS, name));
    }
    names.forEach(name -> attempt("netns", "delete", namespace(name)));
    attempt("link", "delete", CLIENTS);
    attempt("link", "delete", PEERS);
  }

  private static void attempt(String... arguments) {
    try {
      Commands.attempt(command(arguments));
    } catch (UncheckedIOException missing) {
      // Without the command ip there is nothing to remove.
    }
  }

  private static String namespace(String name) {
    return PREFIX + name;
  }

  private static String port(String bridge, String name) {
    return bridge + "-" + name;
  }

  private static String clientAddress(String name) {
    return "10.203.0." + number(name);
  }

  private static String peerAddress(String name) {
    return "10.203.1." + number(name);
  }

  private static int number(String name) {
    return name.charAt(0) - 'a' + 1;
  }

  private static void inside(String name, String... arguments) {
    String[] whole = new String[arguments.length + 2];
    whole[0] = "-n";
    whole[1] = namespace(name);
    System.arraycopy(arguments, 0, whole, 2, arguments.length);
    ip(whole);
  }

  private static void ip(String... arguments) {
    Commands.run(command(arguments));
  }

  private static String[] command(String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "ip";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return command;
  }
}
