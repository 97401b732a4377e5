package org.rollcall.it;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.rollcall.testing.Deployments;

/** A Rollcall whose users' friends stand in their tokens. */
final class TokenFriendsIT extends OnServer
    implements GoldenFramesRules,
        HandshakeRules,
        SocketRules,
        LongPollRules,
        OldVersionRules,
        SocialRules,
        GraceRules,
        RenewalRules,
        RoomRules,
        ChurnRules,
        CountRules,
        CountApiRules,
        EventRules,
        BadgeRules,
        CountPostRules,
        SlowBodyRules,
        NameRules,
        PresenceApiRules,
        DisconnectRules,
        ConnectTokenRules,
        ClusterApiRules,
        SecurityRules,
        HttpRules,
        HttpMethodRules,
        HealthRules,
        MetricsRules,
        JavaPhoenixClientRules {
  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends",
            "token",
            "rollcall.grace",
            "PT3S",
            "rollcall.grace.away",
            "PT1S",
            "rollcall.origins",
            "https://ok.example",
            "rollcall.limits.bodies.timeout",
            "PT2S"));
  }
}
