package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.rollcall.testing.Await;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.Site;
import org.rollcall.testing.TestToken;

/** The clients of one test, who say good-bye together. */
final class Clients implements AutoCloseable {
  private final Deployed on;
  private final List<PhoenixClient> open = new ArrayList<>();

  Clients(Deployed on) {
    this.on = on;
  }

  private PhoenixClient opened(PhoenixClient client) {
    open.add(client);
    return client;
  }

  PhoenixClient connect() {
    return opened(on.site().connect());
  }

  PhoenixClient connect(TestToken token) {
    return opened(on.site().connect(token));
  }

  /** Connects a user, who is seen by friends and in a room from then on. */
  PhoenixClient appear(String id, String room) {
    PhoenixClient client = connect(TestToken.of(id));
    client.join("user:" + id);
    Frames.find(client, "user_presence:" + id, "presence_diff");
    client.askToJoin(room, "{}");
    Frames.find(client, room, "presence_state");
    Frames.find(client, room, "presence_diff");
    return client;
  }

  /** Has a user whose channel was the first to be joined be visible to nobody, or to friends. */
  static void show(PhoenixClient client, String id, String to) {
    PhoenixClient.Joined own = new PhoenixClient.Joined("user:" + id, "11");
    client.push(own, "visibility", "{\"to\":\"" + to + "\"}");
    assertThat(Frames.find(client, "user:" + id, "phx_reply").response())
        .hasToString("{\"to\":\"" + to + "\"}");
    client.heartbeatAmongOthers();
  }

  /** Ends a client's connection as a network does, and returns once the server has noticed. */
  static void cut(PhoenixClient client, Site site) {
    double before = closedByClients(site);
    client.cut();
    Await.until("the server notices a lost connection", () -> closedByClients(site) > before);
  }

  private static double closedByClients(Site site) {
    String series = "rollcall_closes_total{reason=\"client\"} ";
    return PlainRequest.to(site, "GET", "metrics", "", List.of())
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .sum();
  }

  @Override
  public void close() {
    open.forEach(PhoenixClient::close);
  }
}
