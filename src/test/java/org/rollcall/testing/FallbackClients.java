package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Two clients of one node that use no WebSocket: one listens to events, the other one polls. */
public final class FallbackClients implements AutoCloseable {
  private final Site site;
  private final String topic;
  private final EventClient stream;
  private final CompletableFuture<Integer> session;

  private FallbackClients(Site site, String topic) {
    this.site = site;
    this.topic = topic;
    this.stream = EventClient.listen(site, "counts/" + topic + "/events");
    stream.next();
    PollClient client = PollClient.connect(site, "2.0.0", Optional.empty());
    client.send("[\"1\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
    client.next("presence_state");
    this.session = client.follow();
  }

  /** Connects both, and has both shown the count of a topic. */
  public static FallbackClients connect(Site site, String topic) {
    return new FallbackClients(site, topic);
  }

  /**
   * Fails unless the node, which stops, ends both so that they come back elsewhere, and is not
   * ready meanwhile.
   */
  public void assertSentAway() {
    assertThat(stream.ends()).isTrue();
    assertThat(isReady()).as("ready").isFalse();
    assertThat(session.join()).isEqualTo(410);
  }

  private boolean isReady() {
    try {
      return site.get("../health/ready").statusCode() == 200;
    } catch (IllegalStateException gone) {
      return false;
    }
  }

  /** Fails unless the node, which still answers, sends such clients to others before they begin. */
  public void assertRefused() {
    try (EventClient other = EventClient.listen(site, "counts/" + topic + "/events")) {
      assertThat(other.status()).isEqualTo(503);
    }
    assertThat(PollClient.ask(site, "GET", "vsn=2.0.0", "").join().statusCode()).isEqualTo(503);
  }

  @Override
  public void close() {
    stream.close();
  }
}
