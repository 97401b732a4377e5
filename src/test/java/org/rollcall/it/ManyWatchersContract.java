package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * A user whom more people watch than one thread tells: their connections' own threads do, on a
 * server that has such threads.
 */
interface ManyWatchersContract extends Deployed {
  int WATCHERS = 300;
  int ROUNDS = 4;

  private static PhoenixClient appear(PhoenixClient client, String id) {
    client.join("user:" + id);
    client.next("user:" + id, "presence_state");
    client.next("user_presence:" + id, "presence_diff");
    return client;
  }

  private PhoenixClient watcher(int number) {
    String id = "mw-" + number;
    return appear(site().connect(TestToken.of(id).seeing("mw-hub")), id);
  }

  /** Connects a watcher who reads nothing once it has joined. */
  private RawConnection silent(int number) {
    String id = "mw-silent-" + number;
    RawConnection connection = RawConnection.to(site());
    String token = TestToken.of(id).seeing("mw-hub").text();
    assertThat(connection.handshake("vsn=2.0.0&token=" + token).status()).isEqualTo(101);
    connection.sendText("[\"1\",\"1\",\"user:" + id + "\",\"phx_join\",{}]");
    assertThat(connection.readTextWith("presence_state")).contains(id);
    return connection;
  }

  private static Frame next(PhoenixClient watcher) {
    return watcher.next("user_presence:mw-hub", "presence_diff");
  }

  @Test
  default void eachOfManyWatchersSeesEachComingAndGoingInOrder() {
    List<PhoenixClient> watchers = new ArrayList<>();
    List<RawConnection> silent = new ArrayList<>();
    try {
      IntStream.range(0, WATCHERS).forEach(i -> watchers.add(watcher(i)));
      IntStream.range(0, 2 * ROUNDS).forEach(i -> silent.add(silent(i)));
      for (int round = 0; round < ROUNDS; round++) {
        try (PhoenixClient hub = appear(site().connect(TestToken.of("mw-hub")), "mw-hub")) {
          watchers.forEach(each -> assertThat(next(each).joins()).containsOnlyKeys("mw-hub"));
          // One is lost among the diffs of the leave, with frames that it has not read.
          hub.disconnect();
          silent.get(round).close();
          watchers.forEach(each -> assertThat(next(each).leaves()).containsOnlyKeys("mw-hub"));
        }
      }
      watchers.forEach(PhoenixClient::heartbeat);
    } finally {
      watchers.forEach(PhoenixClient::close);
      silent.forEach(RawConnection::close);
    }
  }
}
