package org.rollcall.faults;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.LocalIssuer;

/** Three nodes that let nobody linger: whoever is lost is gone at once. */
@Tag("faults")
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AtOnceIT
    implements ClusterRules,
        StrangerRules,
        SuspendRules,
        FreezeRules,
        KillRules,
        PollKillRules,
        VisibilityContract {
  private static final LocalIssuer ISSUER = new LocalIssuer();
  private static final Started<RunningCluster> CLUSTER = new Started<>();

  @BeforeAll
  static void start() {
    CLUSTER.set(
        RunningCluster.start(
            "at-once",
            List.of(
                Place.local("a", Server.PAYARA_MICRO),
                Place.local("b", Server.WILDFLY),
                Place.local("c", Server.PAYARA_MICRO)),
            Map.of(
                "rollcall.grace",
                "PT0S",
                "rollcall.grace.away",
                "PT0S",
                "rollcall.oidc.issuer",
                ISSUER.address(),
                "rollcall.oidc.audience",
                LocalIssuer.AUDIENCE)));
  }

  @AfterAll
  static void stop() throws Exception {
    CLUSTER.close();
    ISSUER.close();
  }

  @Override
  public RunningCluster cluster() {
    return CLUSTER.get();
  }

  @Override
  public Node third() {
    return cluster().node("c");
  }

  @Override
  public LocalIssuer issuer() {
    return ISSUER;
  }
}
