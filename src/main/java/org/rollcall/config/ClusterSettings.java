package org.rollcall.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a node finds the other nodes, and how it talks to them.
 *
 * @param kind the way in which nodes find each other
 * @param stack the path of the operator's JGroups file, or the kind's name
 * @param hosts where other nodes may be; for Kubernetes the DNS name of a headless service
 * @param address where this node listens to others
 * @param secret what all nodes of a cluster, and nobody else, know; if there is any
 */
public record ClusterSettings(
    Kind kind, String stack, String hosts, Address address, Optional<Secret> secret) {
  private static final int LEAST_SECRET = 16;

  /** The ways in which nodes find each other. */
  public enum Kind {
    /** There are no other nodes. */
    LOCAL,
    /** By a list of hosts. */
    TCP,
    /** By multicast. */
    UDP,
    /** By the DNS name of a service. */
    KUBERNETES,
    /** By the operator's own JGroups file. */
    FILE
  }

  /**
   * Where a node listens to others.
   *
   * @param bind the address of a network interface, or JGroups's name for one
   * @param port the port
   */
  public record Address(String bind, int port) {}

  /**
   * A text that is never printed.
   *
   * @param text the text
   */
  public record Secret(String text) {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  static ClusterSettings read(SettingSource settingSource) {
    String stack = settingSource.text("rollcall.cluster", "local");
    Kind kind = settingSource.part(Kind.LOCAL, () -> kind(stack));
    String bind = settingSource.text("rollcall.cluster.bind", "127.0.0.1");
    settingSource.check(() -> requireAddress(bind));
    int port = settingSource.number("rollcall.cluster.port", 7800, 1, 65_000);
    return new ClusterSettings(
        kind,
        stack,
        settingSource.part("", () -> hosts(settingSource, kind, port)),
        new Address(bind, port),
        secret(settingSource));
  }

  private static void requireAddress(String bind) {
    if (!bind.matches("[A-Za-z0-9._:%-]{1,100}")) {
      throw new WrongSetting(
          "rollcall.cluster.bind", "an address of this machine, such as 10.0.0.1", bind);
    }
  }

  private static Kind kind(String stack) {
    return switch (stack) {
      case "local" -> Kind.LOCAL;
      case "tcp" -> Kind.TCP;
      case "udp" -> Kind.UDP;
      case "kubernetes" -> Kind.KUBERNETES;
      default -> {
        if (!isFile(stack)) {
          throw new WrongSetting(
              "rollcall.cluster",
              "local, tcp, udp, kubernetes or the path of a JGroups file",
              stack);
        }
        yield Kind.FILE;
      }
    };
  }

  private static boolean isFile(String path) {
    try {
      return Files.isReadable(Path.of(path)) && !Files.isDirectory(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String hosts(SettingSource settingSource, Kind kind, int port) {
    if (kind == Kind.KUBERNETES) {
      Optional<String> service = settingSource.text("rollcall.cluster.hosts");
      return service
          .filter(name -> name.matches("[A-Za-z0-9._-]{1,253}"))
          .orElseThrow(
              () ->
                  new WrongSetting(
                      "rollcall.cluster.hosts",
                      "the DNS name of a headless service",
                      service.orElse("nothing")));
    }
    List<String> hosts =
        settingSource.list("rollcall.cluster.hosts", "127.0.0.1[7800],127.0.0.1[7801]").stream()
            .map(host -> host.endsWith("]") ? host : host + "[" + port + "]")
            .toList();
    for (String host : hosts) {
      if (!host.matches("[A-Za-z0-9._:%-]{1,253}\\[[0-9]{1,5}]")) {
        throw new WrongSetting(
            "rollcall.cluster.hosts", "hosts such as 10.0.0.1[7800],10.0.0.2[7800]", host);
      }
    }
    return String.join(",", hosts);
  }

  private static Optional<Secret> secret(SettingSource settingSource) {
    Optional<String> text = settingSource.text("rollcall.cluster.secret");
    settingSource.check(() -> text.ifPresent(ClusterSettings::requireLength));
    return text.map(Secret::new);
  }

  private static void requireLength(String secret) {
    if (secret.length() < LEAST_SECRET) {
      throw new WrongSetting(
          "rollcall.cluster.secret",
          "a secret of " + LEAST_SECRET + " characters or more",
          secret.length() + " characters");
    }
  }
}
