package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rollcall.testing.Await;
import org.rollcall.testing.ServerKind;
import org.rollcall.testing.TestToken;

/** Some nodes that know each other, each a process of its own. */
final class RunningCluster implements AutoCloseable {
  private static final Duration MEETING = Duration.ofMinutes(1);

  private final Path folder;
  private final List<ServerNode> nodes;
  private final Optional<SharedDatabase> database;
  private final List<ServerNode> strangers = new CopyOnWriteArrayList<>();
  private final Thread end = new Thread(this::end);

  private RunningCluster(Path folder, List<ServerNode> nodes, Optional<SharedDatabase> database) {
    this.folder = folder;
    this.nodes = nodes;
    this.database = database;
  }

  /**
   * Starts all nodes at once and waits until they are one cluster.
   *
   * @param name names the folder of homes and logs
   * @param settings names and values, beyond those that a cluster needs
   */
  static RunningCluster start(String name, List<NodeAddress> places, Map<String, String> settings) {
    return start(name, places, settings, Optional.empty());
  }

  /** The same with a database that the nodes share. */
  static RunningCluster start(
      String name,
      List<NodeAddress> places,
      Map<String, String> settings,
      Optional<SharedDatabase> database) {
    Path folder = clear(name);
    String hosts =
        places.stream().map(address -> address.peers().host()).collect(Collectors.joining(","));
    String secret = "a secret of these nodes " + UUID.randomUUID();
    List<ServerNode> nodes = new ArrayList<>();
    for (NodeAddress address : places) {
      Map<String, String> all = new TreeMap<>(settings);
      all.put("rollcall.node", address.name());
      all.put("rollcall.cluster", "tcp");
      all.put("rollcall.cluster.bind", address.peers().bind());
      all.put("rollcall.cluster.port", String.valueOf(address.peers().port()));
      all.put("rollcall.cluster.hosts", hosts);
      // Another cluster of this machine must not get in.
      all.put("rollcall.cluster.secret", secret);
      all.put("rollcall.token.secret", TestToken.SECRET);
      all.putIfAbsent("rollcall.friends", "token");
      nodes.add(new ServerNode(address, folder.resolve(address.name()), all, database));
    }
    RunningCluster cluster = new RunningCluster(folder, List.copyOf(nodes), database);
    // A test that is interrupted must leave no server behind.
    Runtime.getRuntime().addShutdownHook(cluster.end);
    try {
      nodes.forEach(ServerNode::start);
      nodes.forEach(ServerNode::awaitUp);
      cluster.awaitMeeting();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Deletes what an earlier run has left in a folder, and returns the folder. */
  static Path clear(String name) {
    Path folder = ServerKind.rollcall().resolveSibling("faults").resolve(name);
    if (Files.notExists(folder)) {
      return folder;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<ServerNode> nodes() {
    return nodes;
  }

  /** Returns the nodes that run. */
  List<ServerNode> living() {
    return nodes.stream().filter(ServerNode::isAlive).toList();
  }

  ServerNode node(String name) {
    return nodes.stream()
        .filter(serverNode -> serverNode.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  List<ServerNode> others(ServerNode serverNode) {
    return nodes.stream().filter(other -> other != serverNode).toList();
  }

  /**
   * Prepares a node that is none of these yet, though it looks for them as they do. It ends with
   * the cluster at the latest.
   *
   * @param settings what is not as with the other nodes, or else
   */
  ServerNode stranger(NodeAddress address, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(nodes.get(0).settings());
    all.put("rollcall.node", address.name());
    all.put("rollcall.cluster.port", String.valueOf(address.peers().port()));
    all.putAll(settings);
    ServerNode stranger = new ServerNode(address, folder.resolve(address.name()), all, database);
    strangers.add(stranger);
    return stranger;
  }

  /** Starts a node again and waits until it is one of the cluster. */
  void restart(ServerNode serverNode) {
    serverNode.start();
    serverNode.awaitUp();
    awaitMeeting();
  }

  /** Waits until every running node has all running nodes in its view, and they agree. */
  void awaitMeeting() {
    Await.until(MEETING, () -> checkAgreement(living()));
  }

  /** Fails unless each of these nodes says that they are all that there are, and agree. */
  static void checkAgreement(List<ServerNode> nodes) {
    List<String> names = nodes.stream().map(ServerNode::name).toList();
    for (ServerNode serverNode : nodes) {
      JsonObject report = report(serverNode);
      assertThat(report.getBoolean("agree")).as("the nodes agree: %s", report).isTrue();
      assertThat(report.getJsonArray("nodes").getValuesAs(JsonObject.class))
          .as("the nodes that %s knows", serverNode.name())
          .extracting(known -> known.getString("name"))
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  /**
   * Fails if one of these nodes has entries of a node that is not among them. Called once the other
   * nodes have been down for the grace: {@link #checkAgreement} does not compare their entries.
   */
  static void checkOwners(List<ServerNode> nodes) {
    List<String> names = nodes.stream().map(ServerNode::name).toList();
    for (JsonObject known :
        report(nodes.get(0)).getJsonArray("nodes").getValuesAs(JsonObject.class)) {
      assertThat(known.getJsonObject("entries").keySet())
          .as("the owners of entries on %s", known.getString("name"))
          .isSubsetOf(names);
    }
  }

  /** Returns how many repairs each node that runs has made since it started. */
  Map<String, Integer> repairs() {
    return report(living().get(0)).getJsonArray("nodes").getValuesAs(JsonObject.class).stream()
        .collect(
            Collectors.toMap(node -> node.getString("name"), node -> node.getInt("repairs", -1)));
  }

  private static JsonObject report(ServerNode serverNode) {
    String body = serverNode.site().asAdmin("GET", "cluster", "").body();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject();
    }
  }

  /** Writes into the test's log what each node that runs says of all, and has warned of. */
  void tellTroubles() {
    for (ServerNode serverNode : living()) {
      log().log(Level.WARNING, "Node {0} says {1}", serverNode.name(), report(serverNode));
      serverNode
          .warnings()
          .forEach(line -> log().log(Level.WARNING, "{0}: {1}", serverNode.name(), line));
    }
  }

  private static Logger log() {
    return System.getLogger(RunningCluster.class.getName());
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(end);
  }

  private void end() {
    living().forEach(ServerNode::kill);
    strangers.stream().filter(ServerNode::isAlive).forEach(ServerNode::kill);
  }
}
