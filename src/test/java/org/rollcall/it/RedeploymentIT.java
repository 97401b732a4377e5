package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerProcess;
import org.rollcall.testing.Site;
import org.rollcall.testing.TestToken;

/**
 * A Rollcall that stops leaves nothing behind. Only on WildFly: Payara Micro deploys once in its
 * life.
 */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(180)
final class RedeploymentIT {
  private static final String AGAIN = "again";
  private static final String OURS =
      "(?i).*(rollcall|infinispan|jgroups|blocking-thread|expiration-thread|rx[a-z]+thread).*";
  private static final String NODE = "org.rollcall.start.RunningNode";
  private static final int WILDFLY_PORT = 18_580;

  @Deployment(name = AGAIN, managed = false, testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.friends", "token"));
  }

  @Test
  void tenRedeploymentsLeaveNothingBehind(@ArquillianResource Deployer deployer) {
    ServerProcess server = ServerProcess.find("jboss-modules.jar");
    Set<String> before = ours(server);
    for (int i = 0; i < 10; i++) {
      deployer.deploy(AGAIN);
      try (PhoenixClient client = new Site(WILDFLY_PORT).connect(TestToken.of("re"))) {
        client.askToJoin("room:re", "{}");
        client.askToJoin("count:re", "{}");
        client.heartbeatAmongOthers();
        assertThat(ours(server)).anyMatch(name -> name.startsWith("rollcall-"));
        assertThat(server.instances(NODE)).isPositive();
        deployer.undeploy(AGAIN);
        assertThat(client.closeCode()).isIn(1001, 1012);
      }
    }
    Await.until("no thread of ours more than before", () -> before.containsAll(ours(server)));
    Await.until("no node", () -> server.instances(NODE) == 0);
  }

  private static Set<String> ours(ServerProcess server) {
    return server.threads().stream().filter(name -> name.matches(OURS)).collect(Collectors.toSet());
  }
}
