package org.rollcall.it;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.rollcall.testing.Deployments;

/** A Rollcall whose users' friends stand in their tokens. */
final class TokenFriendsIT extends OnServer
    implements GoldenFramesContract,
        HandshakeContract,
        SocketContract,
        LongPollContract,
        OldVersionContract,
        SocialContract,
        GraceContract,
        RenewalContract,
        RoomContract,
        ChurnContract,
        CountContract,
        CountApiContract,
        EventContract,
        BadgeContract,
        CountPostContract,
        SlowBodyContract,
        NameContract,
        PresenceApiContract,
        DisconnectContract,
        LastFrameContract,
        ManyWatchersContract,
        LongStateContract,
        ConnectTokenContract,
        ClusterApiContract,
        SecurityContract,
        HttpContract,
        HttpMethodContract,
        HealthContract,
        MetricsContract,
        JavaPhoenixClientContract {
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
