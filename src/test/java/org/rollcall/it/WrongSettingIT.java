package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rollcall.testing.ApplicationArchives;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.Site;

/**
 * Settings that cannot be understood stop the deployment; all of them stand in the last line of the
 * log, once, and the server says that it is not healthy. A name that is none is warned of.
 */
@Tag("long")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(120)
final class WrongSettingIT {
  private static final String WRONG_SETTINGS = "wrong-settings";
  private static final String NO_DATA_SOURCE = "no-data-source";
  private static final String IN_AN_EAR = "in-an-ear";
  private static final String MISTYPED_NAME = "mistyped-name";
  private static final String NO_FRIEND_SOURCE = "no-friend-source";

  @Deployment(name = WRONG_SETTINGS, managed = false, testable = false)
  static WebArchive wrongSettings() {
    return Deployments.war(
        "wrong-settings.war",
        Map.of(
            "rollcall.token.secret", "short",
            "rollcall.friends", "maybe",
            "rollcall.counts.interval", "1s",
            "rollcall.cluster", "no-such-stack.xml",
            "rollcall.oidc.client-id", "rollcall",
            "rollcall.grase", "hunter2"));
  }

  @Deployment(name = NO_DATA_SOURCE, managed = false, testable = false)
  static WebArchive noDataSource() {
    return Deployments.war("no-data-source.war", Map.of("rollcall.datasource", "jdbc/none"));
  }

  @Deployment(name = IN_AN_EAR, managed = false, testable = false)
  static EnterpriseArchive inAnEar() {
    return ApplicationArchives.ear(Map.of("rollcall.datasource", "jdbc/none"));
  }

  @Deployment(name = NO_FRIEND_SOURCE, managed = false, testable = false)
  static WebArchive noFriendSource() {
    return Deployments.war("no-friend-source.war", Map.of("rollcall.friends", "cdi"));
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
  void allWrongSettingsAreTheLastLineOfTheLogAndStandThereOnce(
      @ArquillianResource Deployer deployer) {
    String log =
        assertStops(
            deployer,
            WRONG_SETTINGS,
            "rollcall.cluster: expected local, tcp, udp, kubernetes or the path of a JGroups file,"
                + " but got no-such-stack.xml",
            "rollcall.token.secret: expected a key of 32 bytes or more, but got 5 bytes",
            "rollcall.oidc.issuer: expected an issuer, as rollcall.oidc.client-id is set, but got"
                + " nothing",
            "rollcall.counts.interval: expected an ISO 8601 duration from PT0.01S to PT1H, such as"
                + " PT10S, but got 1s",
            "rollcall.friends: expected managed, sql, http, token or cdi, but got maybe");
    assertThat(log).contains("rollcall.grase is no setting of Rollcall").doesNotContain("hunter2");
  }

  @Test
  void aMissingDataSourceIsTheLastLineOfTheLogAndStandsThereOnce(
      @ArquillianResource Deployer deployer) {
    assertStops(
        deployer,
        NO_DATA_SOURCE,
        "rollcall.datasource: expected the JNDI name of a data source that answers, but got"
            + " jdbc/none");
  }

  /** On WildFly only, where it costs a deployment and not a server. */
  @Test
  @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
  void aMissingBeanThatSaysWhoTheFriendsAreIsTheLastLineOfTheLogAndStandsThereOnce(
      @ArquillianResource Deployer deployer) {
    assertStops(
        deployer,
        NO_FRIEND_SOURCE,
        "rollcall.friends: expected one bean of the application that implements"
            + " org.rollcall.FriendSource, as it is cdi, but got none");
  }

  /** WildFly starts the beans and the WAR of an EAR at the same time. */
  @Test
  @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
  void aMissingDataSourceLeavesNothingOfAnEarBehind(@ArquillianResource Deployer deployer) {
    assertStops(
        deployer,
        IN_AN_EAR,
        "rollcall.datasource: expected the JNDI name of a data source that answers, but got"
            + " jdbc/none");
  }

  private static String assertStops(Deployer deployer, String deployment, String... sentences) {
    ServerLog log = new ServerLog();
    boolean running = deploy(deployer, deployment);
    try {
      String line = "Rollcall has not started: " + String.join("; ", sentences);
      Await.until("the sentence in the log", () -> log.text().contains(line));
      assertThat(log.lastLine()).contains(line);
      for (String sentence : sentences) {
        assertThat(log.text().split(Pattern.quote(sentence), -1)).as(sentence).hasSize(2);
      }
      assertThat(log.text()).doesNotContain("is up");
      assertNothingIsServed(log.text());
      return log.text();
    } finally {
      if (running) {
        deployer.undeploy(deployment);
      }
    }
  }

  /**
   * Payara Micro's health is on the port of the application. That of WildFly is on another one, and
   * says nothing of deployments while the server runs; what it says at a start is in operations.md.
   */
  private static void assertNothingIsServed(String log) {
    Matcher micro = Pattern.compile("\"Http Port\\(s\\)\": \"(\\d+)\"").matcher(log);
    boolean isMicro = micro.find();
    Site site = isMicro ? new Site(Integer.parseInt(micro.group(1))) : Site.ofWildFly();
    for (String path : List.of("../", "counts/count:1", "../socket/websocket")) {
      assertThat(site.get(path).statusCode()).as(path).isEqualTo(404);
    }
    if (isMicro) {
      assertThat(site.get("../../health").statusCode()).isEqualTo(503);
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
