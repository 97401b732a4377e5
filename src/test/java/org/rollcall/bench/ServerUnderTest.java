package org.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.rollcall.testing.Await;
import org.rollcall.testing.ServerKind;
import org.rollcall.testing.Site;
import org.rollcall.testing.TestToken;

/** Starts what is measured, as a process of its own on core 0. */
final class ServerUnderTest {
  static final int CORE = 0;
  private static final Duration START = Duration.ofMinutes(3);

  /**
   * The best collector for one core. Its full collections, after which live objects are counted,
   * leave dead ones for up to 5 % of the old generation otherwise: 70 MB that seem to live.
   */
  private static final List<String> COLLECTOR =
      List.of("-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0");

  /** The heap of every single server that is measured. */
  private static final List<String> HEAP = List.of("-Xms2g", "-Xmx4g");

  /** One machine plays all users, so what an address may do is no limit here. */
  private static final List<String> SETTINGS =
      List.of(
          "-Drollcall.token.secret=" + TestToken.SECRET,
          "-Drollcall.friends=token",
          "-Drollcall.limits.connections.address=1000000",
          "-Drollcall.limits.connects.address=1000000",
          "-Djava.net.preferIPv4Stack=true");

  private ServerUnderTest() {}

  /**
   * Starts a candidate, and returns once it answers.
   *
   * @param folder where it leaves its files
   */
  static PinnedProcess start(Candidate candidate, BenchOptions options, Path folder) {
    Site site = new Site(options.port());
    PinnedProcess process = begin(candidate, options, site, HEAP, folder);
    try {
      awaitAnswer(candidate, site, process);
      return process;
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }

  /**
   * Begins a process, which answers some time later.
   *
   * @param site where it answers
   * @param jvm options of its JVM and settings, beyond those of all servers
   * @param folder where it leaves its files
   */
  static PinnedProcess begin(
      Candidate candidate, BenchOptions options, Site site, List<String> jvm, Path folder) {
    try {
      List<String> arguments = new ArrayList<>(COLLECTOR);
      arguments.addAll(jvm);
      arguments.addAll(program(candidate, options, site, folder));
      return PinnedProcess.server(CORE, arguments, folder.resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a process answers, or ends the run if it has ended. */
  static void awaitAnswer(Candidate candidate, Site site, PinnedProcess process) {
    Await.until(
        "%s answers, see %s".formatted(candidate.title(), process.log()),
        START,
        () -> answers(candidate.subject(), site, process));
  }

  private static List<String> program(
      Candidate candidate, BenchOptions options, Site site, Path folder) throws IOException {
    Optional<ServerKind> server = candidate.server();
    if (server.isEmpty()) {
      return List.of(
          "-cp",
          System.getProperty("java.class.path", ""),
          PlainLoop.class.getName(),
          String.valueOf(site.port()));
    }
    List<String> program = new ArrayList<>(SETTINGS);
    program.add("-Drollcall.rooms.limit=" + options.members());
    Path war =
        switch (candidate.subject()) {
          case BARE -> bareWar(folder);
          case BASELINE -> baseline(folder, options.baseline().orElseThrow());
          default -> ServerKind.rollcall();
        };
    program.addAll(server.get().begin(folder, war, site));
    return program;
  }

  /** The name of the file is the path of the application. */
  private static Path baseline(Path folder, Path war) throws IOException {
    return Files.copy(war, folder.resolve("rollcall.war"));
  }

  private static Path bareWar(Path folder) {
    Path war = folder.resolve("bare.war");
    ShrinkWrap.create(WebArchive.class, "bare.war")
        .addClass(BareEndpoint.class)
        .as(ZipExporter.class)
        .exportTo(war.toFile());
    return war;
  }

  /** Whether the WAR is there: any answer to a plain request at its WebSocket but 404. */
  private static boolean answers(Subject subject, Site site, PinnedProcess process) {
    if (!process.isAlive()) {
      throw new BenchFailure("The server has ended at its start, see " + process.log());
    }
    try {
      if (subject == Subject.LOOP) {
        new Socket(site.address(), site.port()).close();
        return true;
      }
      return Handshake.succeeds(new Target(site, subject.path()));
    } catch (IOException notYet) {
      return false;
    }
  }
}
