package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.ServerLog;

/**
 * A setting that cannot be understood stops the deployment, and the log says why. A name that is
 * none is warned of.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(120)
final class WrongSettingIT {
  private static final String SHORT_SECRET = "short-secret";
  private static final String UNKNOWN_SOURCE = "unknown-source";
  private static final String MISTYPED_NAME = "mistyped-name";

  @Deployment(name = SHORT_SECRET, managed = false, testable = false)
  static WebArchive shortSecret() {
    return Deployments.war("short-secret.war", Map.of("rollcall.token.secret", "short"));
  }

  @Deployment(name = UNKNOWN_SOURCE, managed = false, testable = false)
  static WebArchive unknownSource() {
    return Deployments.war("unknown-source.war", Map.of("rollcall.friends", "maybe"));
  }

  @Deployment(name = MISTYPED_NAME, managed = false, testable = false)
  static WebArchive mistypedName() {
    return Deployments.war("mistyped-name.war", Map.of("rollcall.anonymus", "hunter2"));
  }

  @Test
  void aMistypedNameIsWarnedOfWithoutItsValue(@ArquillianResource Deployer deployer) {
    ServerLog log = new ServerLog();
    deployer.deploy(MISTYPED_NAME);
    try {
      Await.until(
          "the warning in the log",
          () ->
              log.text()
                  .contains(
                      "rollcall.anonymus is no setting of Rollcall and does nothing; the nearest"
                          + " name is rollcall.anonymous"));
      assertThat(log.text()).doesNotContain("hunter2");
    } finally {
      deployer.undeploy(MISTYPED_NAME);
    }
  }

  @Test
  void aShortSecretStopsTheDeployment(@ArquillianResource Deployer deployer) {
    assertStops(
        deployer,
        SHORT_SECRET,
        "rollcall.token.secret: expected a key of 32 bytes or more, but got 5 bytes");
  }

  @Test
  void anUnknownSourceOfFriendsStopsTheDeployment(@ArquillianResource Deployer deployer) {
    assertStops(
        deployer,
        UNKNOWN_SOURCE,
        "rollcall.friends: expected managed, sql, http or token, but got maybe");
  }

  private static void assertStops(Deployer deployer, String deployment, String sentence) {
    ServerLog log = new ServerLog();
    boolean running = deploy(deployer, deployment);
    try {
      Await.until("the sentence in the log", () -> log.text().contains(sentence));
      assertThat(log.text()).doesNotContain("is up");
    } finally {
      if (running) {
        deployer.undeploy(deployment);
      }
    }
  }

  /** Deploys. WildFly's adapter throws; that of Payara Micro leaves a server without the WAR. */
  private static boolean deploy(Deployer deployer, String deployment) {
    try {
      deployer.deploy(deployment);
      return true;
    } catch (Exception refused) {
      return false;
    }
  }
}
