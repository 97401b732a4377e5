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
import org.rollcall.testing.ServerKind;

/** Three nodes without a grace: a lost user leaves at once. */
@Tag("faults")
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AtOnceIT
    implements ClusterContract,
        StrangerContract,
        SuspendContract,
        FreezeContract,
        KillContract,
        PollKillContract,
        VisibilityContract {
  private static final LocalIssuer ISSUER = new LocalIssuer();
  private static final SharedServer<RunningCluster> CLUSTER = new SharedServer<>();

  @BeforeAll
  static void start() {
    CLUSTER.set(
        RunningCluster.start(
            "at-once",
            List.of(
                NodeAddress.local("a", ServerKind.PAYARA_MICRO),
                NodeAddress.local("b", ServerKind.WILDFLY),
                NodeAddress.local("c", ServerKind.PAYARA_MICRO)),
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
  public ServerNode third() {
    return cluster().node("c");
  }

  @Override
  public LocalIssuer issuer() {
    return ISSUER;
  }
}
