package org.rollcall.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.testing.Relay;
import org.rollcall.testing.ServerKind;
import org.rollcall.testing.SqlClient;

/**
 * A PostgreSQL as {@code server-config} has it, that stops and starts again with all its rows, and
 * the data sources of servers, made by the very files of {@code server-config}: only the port and
 * the path of the driver are changed.
 */
final class SharedDatabase implements AutoCloseable {
  /** The variable of the environment that the files name. */
  static final String PASSWORD_NAME = "ROLLCALL_DATABASE_PASSWORD";

  static final String PASSWORD = "base64:of+what/==";

  private static final Path CONFIG = Path.of("server-config").toAbsolutePath();
  private static final String PORT = "5432";

  private final Path folder;
  private final int port;
  private final Relay way;
  private @Nullable EmbeddedPostgres running;

  private SharedDatabase(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    this.way = Relay.to(port);
  }

  /**
   * Starts one, with the database and the user of the files.
   *
   * @param folder where its rows are; must not be there yet
   */
  static SharedDatabase start(Path folder) throws IOException {
    Files.createDirectories(folder);
    SharedDatabase database = new SharedDatabase(folder, freePort());
    database.start();
    database
        .client("postgres")
        .execute(
            "create role rollcall login password '" + PASSWORD + "'",
            "create database rollcall owner rollcall");
    return database;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Starts it again. */
  void start() {
    try {
      running =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it; the servers lose their connections. */
  void stop() {
    try {
      if (running != null) {
        running.close();
        running = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the way by which the servers reach it. */
  Relay way() {
    return way;
  }

  /** Runs a statement. */
  void execute(String sql) {
    client("rollcall").execute(sql);
  }

  /** Returns the number that a query answers with. */
  int count(String query) {
    return client("rollcall").count(query);
  }

  private SqlClient client(String name) {
    EmbeddedPostgres postgres = running;
    if (postgres == null) {
      throw new IllegalStateException("The database does not run");
    }
    return new SqlClient(postgres.getDatabase("postgres", name));
  }

  @Override
  public void close() {
    way.close();
    stop();
  }

  /**
   * Gives a server the data source before it begins.
   *
   * @param home the folder of the node, with what the server needs in it
   * @param command what begins the server without a data source
   * @return what begins it with one
   */
  List<String> addTo(ServerKind server, Path home, List<String> command) throws IOException {
    return server == ServerKind.WILDFLY ? wildFly(home, command) : payara(home, command);
  }

  private List<String> payara(Path home, List<String> command) throws IOException {
    Path file = adapt("payara/postgresql.txt", home, Map.of(PORT, String.valueOf(way.port())));
    List<String> all = new ArrayList<>(command);
    all.add(0, "-Drollcall.datasource=jdbc/rollcall");
    all.addAll(
        List.of(
            "--addLibs", SqlClient.driver().toString(), "--postbootcommandfile", file.toString()));
    return all;
  }

  /** The module of the driver goes into a WildFly of its own, whose other files are links. */
  private List<String> wildFly(Path home, List<String> command) throws IOException {
    Path wildFly = Path.of(System.getProperty("wildfly.home", "")).toAbsolutePath();
    Path own = home.resolve("wildfly");
    if (Files.notExists(own)) {
      Commands.run("cp", "-al", wildFly.toString(), own.toString());
      Commands.run("rm", "-r", own.resolve("standalone").toString());
      Commands.run("cp", "-a", wildFly.resolve("standalone").toString(), own.toString());
      addDataSource(home, own);
    }
    List<String> all = new ArrayList<>();
    command.forEach(part -> all.add(part.replace(wildFly.toString(), own.toString())));
    all.add("-Drollcall.datasource=java:/rollcall");
    return all;
  }

  private void addDataSource(Path home, Path wildFly) throws IOException {
    String jar = "=" + SqlClient.driver().getFileName();
    String port = String.valueOf(way.port());
    Path file =
        adapt("wildfly/postgresql.cli", home, Map.of(PORT, port, jar, "=" + SqlClient.driver()));
    Commands.run(wildFly.resolve("bin/jboss-cli.sh").toString(), "--file=" + file);
    Path configuration = Path.of("standalone/configuration/standalone.xml");
    Files.copy(
        wildFly.resolve(configuration),
        home.resolve(configuration),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path adapt(String name, Path home, Map<String, String> changes)
      throws IOException {
    String text = Files.readString(CONFIG.resolve(name));
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new AssertionError("Expected " + change.getKey() + " in " + name);
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    return Files.writeString(home.resolve(Path.of(name).getFileName()), text);
  }
}
