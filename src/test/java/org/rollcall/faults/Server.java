package org.rollcall.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server that the WAR runs on, and how a process of it is begun. */
enum Server {
  PAYARA_MICRO {
    private static final String LISTENER =
        "set configs.config.server-config.network-config.network-listeners.network-listener"
            + ".http-listener.address=";

    @Override
    List<String> begin(Path home, NodeAddress address) throws IOException {
      Path temporary = Files.createDirectories(home.resolve("tmp"));
      Path boot = Files.writeString(home.resolve("boot.txt"), LISTENER + address.site().address());
      return List.of(
          "-Djava.io.tmpdir=" + temporary,
          // With many threads Payara Micro 6 fails to start now and then (operations.md).
          "-Dorg.glassfish.startupThreadPolicy=USE_NO_THREADS",
          "-jar",
          WAR.resolveSibling("payara-micro.jar").toString(),
          // Not --nocluster as well: with it Payara 6 opens Hazelcast's port all the same.
          "--nohazelcast",
          "--disablephonehome",
          "--port",
          String.valueOf(address.site().port()),
          "--prebootcommandfile",
          boot.toString(),
          "--deploy",
          WAR.toString());
    }
  },

  WILDFLY {
    private static final int HTTP = 8080;

    @Override
    List<String> begin(Path home, NodeAddress address) throws IOException {
      Path wildfly = Path.of(System.getProperty("wildfly.home", "")).toAbsolutePath();
      Path base = home.resolve("standalone");
      if (Files.notExists(base)) {
        copy(wildfly.resolve("standalone"), base);
        // Once started, WildFly notes in it where its log is.
        Path logging = base.resolve("configuration/logging.properties");
        String original = wildfly.resolve("standalone").toString();
        Files.writeString(logging, Files.readString(logging).replace(original, base.toString()));
        Files.copy(WAR, base.resolve("deployments").resolve("rollcall.war"));
      }
      // What WildFly's own script opens, as far as the WAR's subsystems use it. Not by the script:
      // signals have to reach the JVM itself.
      List<String> command = new ArrayList<>();
      Stream.of("lang", "lang.invoke", "lang.reflect", "io", "net", "security", "util")
          .map(part -> "--add-opens=java.base/java." + part + "=ALL-UNNAMED")
          .forEach(command::add);
      command.addAll(
          List.of(
              "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
              "--add-opens=java.management/javax.management=ALL-UNNAMED",
              "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
              "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
              "-Dorg.jboss.boot.log.file=" + base.resolve("log/server.log"),
              "-jar",
              wildfly.resolve("jboss-modules.jar").toString(),
              "-mp",
              wildfly.resolve("modules").toString(),
              "org.jboss.as.standalone",
              "-Djboss.home.dir=" + wildfly,
              "-Djboss.server.base.dir=" + base,
              "-Djboss.bind.address=" + address.site().address(),
              "-Djboss.bind.address.management=127.0.0.1",
              "-Djboss.socket.binding.port-offset=" + (address.site().port() - HTTP)));
      return command;
    }
  };

  private static final Path WAR =
      Path.of(System.getProperty("rollcall.war", "target/rollcall.war")).toAbsolutePath();

  /** Returns the folder for what clusters leave behind: homes and logs. */
  static Path folder() {
    return WAR.resolveSibling("faults");
  }

  /**
   * Prepares a node's folder, unless that is done, and returns the options and arguments of its
   * JVM, beyond the settings.
   */
  abstract List<String> begin(Path home, NodeAddress address) throws IOException;

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }
}
