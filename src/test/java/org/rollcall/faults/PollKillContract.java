package org.rollcall.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.PollClient;
import org.rollcall.testing.Site;

/** Clients that poll a node whose process is killed. Holds where nobody lingers. */
interface PollKillContract extends OnCluster {
  int CLIENTS = 500;

  @Test
  @Order(35)
  default void clientsThatPollAKilledNodeAreCountedToTheLastWhereTheyComeBack() {
    String topic = "count:poll-kill";
    ServerNode killed = cluster().node("b");
    List<ServerNode> survivors = cluster().others(killed);
    List<PollClient> before = join(killed.site(), topic);
    awaitTotal(cluster().nodes(), topic, CLIENTS);

    killed.kill();
    Site other = survivors.get(0).site();
    String token = before.get(0).token();
    assertThat(PollClient.get(other, "vsn=2.0.0&token=" + token).getInt("status")).isEqualTo(410);
    List<PollClient> back = join(other, topic);
    awaitTotal(survivors, topic, CLIENTS);
    back.forEach(client -> client.send("[\"1\",\"2\",\"" + topic + "\",\"phx_leave\",{}]"));
    awaitTotal(survivors, topic, 0);
    // The other rules need the node too.
    cluster().restart(killed);
  }

  private static List<PollClient> join(Site site, String topic) {
    List<PollClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      PollClient client = PollClient.connect(site, "2.0.0", Optional.empty());
      client.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
      CompletableFuture<Integer> unused = client.follow();
      clients.add(client);
    }
    return clients;
  }

  private static void awaitTotal(List<ServerNode> nodes, String topic, int total) {
    for (ServerNode serverNode : nodes) {
      Await.until(
          Duration.ofSeconds(30),
          () ->
              assertThat(serverNode.site().get("counts/" + topic).body())
                  .contains("\"total\":" + total));
    }
  }
}
