package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/** A user who is visible to nobody sees nobody, on every path; counts are rounded, too. */
@Tag("long")
final class ReciprocityIT extends OnServer
    implements RoundedCountContract, SameOriginContract, RoomLimitContract {
  private static final String ROOM = "room:rc";
  private static final TestToken AL = TestToken.of("rc-al").seeing("rc-bo");

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends", "token",
            "rollcall.reciprocity", "true",
            "rollcall.grace", "PT0S",
            "rollcall.rooms.limit", "3",
            "rollcall.counts.floor", "5",
            "rollcall.counts.period", "PT1S"));
  }

  @AfterAll
  static void theLogHoldsNeitherTokensNorUsers() {
    ServerLog.assertSilentAbout("rc-al", "rc-bo");
  }

  private String presence(String path) {
    return site().get("presence" + path, "Authorization", "Bearer " + AL.text()).body();
  }

  private PhoenixClient connect(Clients clients) {
    PhoenixClient al = clients.connect(AL);
    al.join("user:rc-al");
    Frames.find(al, "user_presence:rc-al", "presence_diff");
    return al;
  }

  /** Leaves may still come, and what is told of oneself. */
  private static void assertSeesNobody(PhoenixClient client) {
    client.sendText("[null,\"seen\",\"phoenix\",\"heartbeat\",{}]");
    for (Frame frame = client.next(); !"seen".equals(frame.ref()); frame = client.next()) {
      if (frame.event().equals("presence_diff")) {
        assertThat(frame.joins()).doesNotContainKey("rc-bo");
      }
    }
  }

  @Test
  void aUserWhoHidesSeesNobodyUntilItShowsAgain() {
    try (Clients clients = new Clients(this)) {
      final PhoenixClient bo = clients.appear("rc-bo", ROOM);
      PhoenixClient al = connect(clients);
      al.join(ROOM);
      assertThat(Frames.find(al, ROOM, "presence_state").payload()).containsOnlyKeys("rc-bo");
      al.heartbeatAmongOthers();
      assertThat(presence("/rc-bo")).contains("phx_ref");

      Clients.show(al, "rc-al", "nobody");
      String offline = VisibilityTableContract.offline("rc-bo");
      assertThat(presence("/rc-bo")).isEqualTo(offline);
      assertThat(presence("?user=rc-bo")).isEqualTo("[" + offline + "]");
      assertThat(presence("/rc-al")).contains("phx_ref");
      bo.push(new PhoenixClient.Joined(ROOM, "12"), "update", "{\"status\":\"here\"}");
      Frames.find(bo, ROOM, "phx_reply");
      assertSeesNobody(al);

      PhoenixClient late = clients.connect(AL);
      late.join("user:rc-al");
      assertThat(late.next("user:rc-al", "presence_state").payload()).containsOnlyKeys("rc-al");
      Frames.find(late, "user_presence:rc-al", "presence_diff");
      late.join(ROOM);
      assertThat(Frames.find(late, ROOM, "presence_state").payload()).containsOnlyKeys("rc-al");
      late.heartbeatAmongOthers();
      bo.disconnect();
      PhoenixClient again = clients.appear("rc-bo", ROOM);
      again.heartbeatAmongOthers();
      assertSeesNobody(al);
      assertSeesNobody(late);

      al.push(new PhoenixClient.Joined("user:rc-al", "11"), "visibility", "{\"to\":\"friends\"}");
      Frame join = Frames.find(al, "user_presence:rc-bo", "presence_diff");
      assertThat(join.joins()).containsOnlyKeys("rc-bo");
      assertThat(Frames.find(late, "user_presence:rc-bo", "presence_diff").joins())
          .containsOnlyKeys("rc-bo");
      assertThat(presence("/rc-bo")).contains("phx_ref");
    }
  }
}
