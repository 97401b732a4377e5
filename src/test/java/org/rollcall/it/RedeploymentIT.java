package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.FallbackClients;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerProcess;
import org.rollcall.testing.Site;
import org.rollcall.testing.TestToken;

/**
 * A Rollcall that stops leaves nothing behind. Only on WildFly: Payara Micro deploys once in its
 * life.
 */
@Tag("long")
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(180)
final class RedeploymentIT {
  private static final String AGAIN = "again";
  private static final String FIRST = "first";
  private static final String SECOND = "second";
  private static final String OURS =
      "(?i).*(rollcall|infinispan|jgroups|blocking-thread|expiration-thread|rx[a-z]+thread"
          + "|fd_sock|tcpserver|tcpconnection|connection\\.|acceptor|tq-bundler|timer runner).*";
  private static final String NODE = "org.rollcall.node.Node";
  private static final int PEERS_PORT = 17_950;

  /** Enough to be closed in more than one batch: one takes 25. */
  private static final int CROWD = 60;

  @Deployment(name = AGAIN, managed = false, testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.friends", "token"));
  }

  @Deployment(name = FIRST, managed = false, testable = false)
  static WebArchive first() {
    return clustered("rollcall-first.war", PEERS_PORT);
  }

  @Deployment(name = SECOND, managed = false, testable = false)
  static WebArchive second() {
    WebArchive war = clustered("rollcall-second.war", PEERS_PORT + 1);
    // Two of one server cannot have one address.
    war.delete("/WEB-INF/jboss-web.xml");
    return war;
  }

  private static WebArchive clustered(String file, int port) {
    String hosts = "127.0.0.1[%d],127.0.0.1[%d]".formatted(PEERS_PORT, PEERS_PORT + 1);
    return Deployments.war(
        file,
        Map.of(
            "rollcall.node",
            file,
            "rollcall.cluster",
            "tcp",
            "rollcall.cluster.port",
            String.valueOf(port),
            "rollcall.cluster.hosts",
            hosts,
            "rollcall.friends",
            "token"));
  }

  @Test
  void tenRedeploymentsLeaveNothingBehind(@ArquillianResource Deployer deployer) {
    ServerProcess server = ServerProcess.find("jboss-modules.jar");
    Set<String> before = ours(server);
    for (int i = 0; i < 10; i++) {
      deployer.deploy(AGAIN);
      try (PhoenixClient client = Site.ofWildFly().connect(TestToken.of("re"))) {
        client.askToJoin("room:re", "{}");
        client.askToJoin("count:re", "{}");
        client.heartbeatAmongOthers();
        assertThat(ours(server)).anyMatch(name -> name.startsWith("rollcall-"));
        assertThat(server.instances(NODE)).isPositive();
        deployer.undeploy(AGAIN);
        assertThat(client.closeCode()).isEqualTo(1012);
      }
    }
    awaitNothingLeft(server, before);
  }

  @Test
  void aNodeOfAClusterClosesAllItsConnectionsAndLeavesNothingBehind(
      @ArquillianResource Deployer deployer) {
    ServerProcess server = ServerProcess.find("jboss-modules.jar");
    Set<String> before = ours(server);
    deployer.deploy(SECOND);
    deployer.deploy(FIRST);
    Site site = Site.ofWildFly();
    List<PhoenixClient> crowd = new ArrayList<>();
    try (FallbackClients others = FallbackClients.connect(site, "count:re")) {
      for (int i = 0; i < CROWD; i++) {
        PhoenixClient client = site.connect(TestToken.of("re" + i));
        crowd.add(client);
        client.askToJoin("room:re", "{}");
        client.askToJoin("count:re", "{}");
        client.heartbeatAmongOthers();
      }
      assertThat(site.asAdmin("GET", "cluster", "").body())
          .contains("rollcall-first.war", "rollcall-second.war");
      assertThat(ours(server)).anyMatch(name -> name.startsWith("jgroups-"));
      deployer.undeploy(FIRST);
      assertThat(crowd).extracting(PhoenixClient::closeCode).containsOnly(1012);
      others.assertSentAway();
    } finally {
      crowd.forEach(PhoenixClient::close);
      deployer.undeploy(SECOND);
    }
    awaitNothingLeft(server, before);
  }

  private static void awaitNothingLeft(ServerProcess server, Set<String> before) {
    Await.until("no thread of ours more than before", () -> before.containsAll(ours(server)));
    Await.until("no node", () -> server.instances(NODE) == 0);
  }

  private static Set<String> ours(ServerProcess server) {
    return server.threads().stream().filter(name -> name.matches(OURS)).collect(Collectors.toSet());
  }
}
