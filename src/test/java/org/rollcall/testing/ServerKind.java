package org.rollcall.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server that a WAR runs on, and how a process of it is begun. */
public enum ServerKind {
  PAYARA_MICRO {
    private static final String CONFIG = "set configs.config.server-config.";
    private static final String LISTENER =
        CONFIG + "network-config.network-listeners.network-listener.http-listener.address=";

    /** Many connections that end at once need more than 4,096, see operations.md. */
    private static final String QUEUE =
        CONFIG + "thread-pools.thread-pool.http-thread-pool.max-queue-size=65536";

    @Override
    public List<String> begin(Path home, Path war, Site site) throws IOException {
      Path temporary = Files.createDirectories(home.resolve("tmp"));
      Path boot = Files.write(home.resolve("boot.txt"), List.of(LISTENER + site.address(), QUEUE));
      return List.of(
          "-Djava.io.tmpdir=" + temporary,
          // With many threads Payara Micro 6 fails to start now and then (operations.md).
          "-Dorg.glassfish.startupThreadPolicy=USE_NO_THREADS",
          "-jar",
          rollcall().resolveSibling("payara-micro.jar").toString(),
          // Not --nocluster as well: with it Payara 6 opens Hazelcast's port all the same.
          "--nohazelcast",
          "--disablephonehome",
          "--port",
          String.valueOf(site.port()),
          "--prebootcommandfile",
          boot.toString(),
          "--deploy",
          war.toAbsolutePath().toString());
    }
  },

  WILDFLY {
    private static final int HTTP = 8080;

    @Override
    public List<String> begin(Path home, Path war, Site site) throws IOException {
      Path wildfly = Path.of(System.getProperty("wildfly.home", "")).toAbsolutePath();
      Path base = home.resolve("standalone");
      if (Files.notExists(base)) {
        copy(wildfly.resolve("standalone"), base);
        // Once started, WildFly notes in it where its log is.
        Path logging = base.resolve("configuration/logging.properties");
        String original = wildfly.resolve("standalone").toString();
        Files.writeString(logging, Files.readString(logging).replace(original, base.toString()));
        Files.copy(war, base.resolve("deployments").resolve(war.getFileName()));
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
              "-Djboss.bind.address=" + site.address(),
              "-Djboss.bind.address.management=127.0.0.1",
              "-Djboss.socket.binding.port-offset=" + (site.port() - HTTP)));
      return command;
    }
  };

  /**
   * Prepares the folder of a process, unless that is done, and returns the options and arguments of
   * its JVM, beyond the settings.
   *
   * @param home its own folder
   * @param war what it deploys; the name of the file is the context root
   * @param site where clients reach it
   */
  public abstract List<String> begin(Path home, Path war, Site site) throws IOException;

  /** Returns the built WAR. */
  public static Path rollcall() {
    return Path.of(System.getProperty("rollcall.war", "target/rollcall.war")).toAbsolutePath();
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }
}
