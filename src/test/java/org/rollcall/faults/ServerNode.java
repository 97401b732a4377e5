package org.rollcall.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.testing.Await;
import org.rollcall.testing.ServerKind;
import org.rollcall.testing.Site;

/** One node of a cluster: a server process with the built WAR, which signals can hurt. */
final class ServerNode {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofMinutes(1);

  private static final Pattern WARNING = Pattern.compile("WARN|ERROR|SEVERE|org\\.rollcall\\.");
  private static final int MOST_WARNINGS = 50;

  private final NodeAddress address;
  private final Path home;
  private final Map<String, String> settings;
  private final Optional<SharedDatabase> database;
  private @Nullable Process process;

  /**
   * Prepares a node that does not run yet.
   *
   * @param home its own folder
   * @param settings names and values
   * @param database what its server's data source leads to, if it has one
   */
  ServerNode(
      NodeAddress address,
      Path home,
      Map<String, String> settings,
      Optional<SharedDatabase> database) {
    this.address = address;
    this.home = home;
    this.settings = settings;
    this.database = database;
  }

  String name() {
    return address.name();
  }

  Map<String, String> settings() {
    return settings;
  }

  Site site() {
    return address.site();
  }

  /** Begins the process. It is of use once {@link #awaitUp} has returned. */
  void start() {
    List<String> command = new ArrayList<>(address.network());
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("-Xmx768m");
    // A node lives for minutes; the second compiler would take the cores from nodes that serve.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Drollcall.warmup=PT0S");
    command.add("-Djava.net.preferIPv4Stack=true");
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    try {
      Files.createDirectories(home);
      List<String> server = address.server().begin(home, ServerKind.rollcall(), address.site());
      if (database.isPresent()) {
        server = database.get().addTo(address.server(), home, server);
      }
      command.addAll(server);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
      builder.environment().put(SharedDatabase.PASSWORD_NAME, SharedDatabase.PASSWORD);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file of all that the process has said. */
  Path log() {
    return home.resolve("server.log");
  }

  /** Returns the latest lines in which the process has warned of something since it was begun. */
  List<String> warnings() {
    try (Stream<String> lines = Files.lines(log())) {
      List<String> all = lines.filter(line -> WARNING.matcher(line).find()).toList();
      return all.subList(Math.max(0, all.size() - MOST_WARNINGS), all.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many lines of all that the process has said have this text. */
  long said(String text) {
    try (Stream<String> lines = Files.lines(log())) {
      return lines.filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the process has said something. */
  void awaitSaid(String text) {
    Await.until("node " + name() + " says " + text + ", see " + log(), START, () -> said(text) > 0);
  }

  /** Waits until the WAR answers. */
  void awaitUp() {
    Await.until("node " + name() + " answers, see " + log(), START, this::answers);
  }

  private boolean answers() {
    if (!isAlive()) {
      throw new AssertionError("Expected node " + name() + " to start, see " + log());
    }
    try {
      return site().get("counts/count:up").statusCode() == 200;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Kills the process, which has no chance to say anything. */
  void kill() {
    Process running = running();
    running.destroyForcibly();
    await(running);
  }

  /** Asks the process to end, and goes on at once. */
  void terminate() {
    running().destroy();
  }

  /** Waits until the process has ended. */
  void awaitEnd() {
    await(running());
  }

  /** Stops the process where it stands; its connections stay open. */
  void freeze() {
    signal("STOP");
  }

  /** Lets the process go on. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    Commands.run("kill", "-" + name, String.valueOf(running().pid()));
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("Node " + name() + " was not started");
    }
    return process;
  }

  private void await(Process ending) {
    try {
      if (!ending.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "Expected node " + name() + " to end within " + STOP + ", see " + log());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
