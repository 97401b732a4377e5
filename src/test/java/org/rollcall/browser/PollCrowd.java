package org.rollcall.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.rollcall.testing.Await;

/** Many clients that poll, by phoenix.js as npm has it, in one process of Node. */
final class PollCrowd implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedWriter orders;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private PollCrowd(Process process) {
    this.process = process;
    this.orders = process.outputWriter(UTF_8);
    Thread reader = new Thread(this::read, "poll-crowd");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a crowd of a client, which is nowhere yet. */
  static PollCrowd start(Client client, String endPoint) {
    Path module =
        Path.of("target/npm/node_modules/" + client + "/priv/static/phoenix.mjs").toAbsolutePath();
    try {
      return new PollCrowd(
          new ProcessBuilder("node", "src/test/js/poll-crowd.mjs", "" + module, endPoint)
              .redirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      lines.add("ended: " + ended);
    }
  }

  /** Gives an order, and waits for the line that says that it is carried out. */
  void order(String order, String answer) {
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(answer + " after " + order, LIMIT, () -> lines.contains(answer));
  }

  /** Returns all that has been said. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
