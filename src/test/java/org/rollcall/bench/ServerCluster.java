package org.rollcall.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rollcall.testing.Await;
import org.rollcall.testing.Site;

/**
 * Some nodes of a candidate that are one encrypted cluster, each a process of its own. All run on
 * core 0.
 *
 * <p>The ports of nodes follow each other. The ports between nodes are {@value #PEERS} above them,
 * those that detect failures 100 more.
 */
final class ServerCluster implements AutoCloseable {
  private static final int PEERS = 200;
  private static final Duration MEETING = Duration.ofMinutes(2);

  /** Several nodes have to fit into the memory of one machine. */
  private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

  private final List<PinnedProcess> processes = new ArrayList<>();

  private ServerCluster() {}

  /**
   * Starts one node after the other, as all have one core, and returns when they are one cluster.
   *
   * @param folder where each node leaves its files, in a folder of its own
   */
  static ServerCluster start(Candidate candidate, BenchOptions options, int nodes, Path folder) {
    List<Site> sites =
        IntStream.range(0, nodes).mapToObj(node -> new Site(options.port() + node)).toList();
    // Another cluster of this machine must not get in.
    String secret = "-Drollcall.cluster.secret=a secret of these nodes " + UUID.randomUUID();
    String hosts =
        sites.stream()
            .map(site -> site.address() + "[" + (site.port() + PEERS) + "]")
            .collect(Collectors.joining(","));
    ServerCluster cluster = new ServerCluster();
    try {
      for (Site site : sites) {
        List<String> jvm = new ArrayList<>(HEAP);
        jvm.add("-Drollcall.node=node-" + site.port());
        jvm.add("-Drollcall.cluster=tcp");
        jvm.add("-Drollcall.cluster.port=" + (site.port() + PEERS));
        jvm.add("-Drollcall.cluster.hosts=" + hosts);
        jvm.add(secret);
        Path home = Files.createDirectories(folder.resolve("node-" + site.port()));
        PinnedProcess process = ServerUnderTest.begin(candidate, options, site, jvm, home);
        cluster.processes.add(process);
        ServerUnderTest.awaitAnswer(candidate, site, process);
      }
      sites.forEach(site -> awaitAgreement(site, nodes));
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private static void awaitAgreement(Site site, int nodes) {
    Await.until(
        "the node at %s and %d others agree".formatted(site.host(), nodes - 1),
        MEETING,
        () -> {
          JsonObject report = report(site);
          return report.getBoolean("agree") && report.getJsonArray("nodes").size() == nodes;
        });
  }

  private static JsonObject report(Site site) {
    String body = site.asAdmin("GET", "cluster", "").body();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  /** Returns the process ids, in the order of the ports. */
  List<Long> pids() {
    return processes.stream().map(PinnedProcess::pid).toList();
  }

  /** Ends all nodes. */
  @Override
  public void close() {
    processes.forEach(PinnedProcess::close);
  }
}
