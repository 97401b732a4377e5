package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.RawConnection;

/**
 * One client sends as fast as it can, and comes back whenever it is closed. Another one is answered
 * all the while, and nothing of the first is left. The rates are in the log, and on the performance
 * page.
 */
@Tag("long")
@Timeout(120)
final class FloodIT extends OnServer implements StrangerCostContract, UnseenFrameContract {
  private static final Logger LOG = System.getLogger(FloodIT.class.getName());
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("rollcall.flood", 2));
  private static final Duration PAUSE = Duration.ofMillis(30);
  private static final String HEARTBEAT = "[null,\"1\",\"phoenix\",\"heartbeat\",{}]";
  private static final String JOIN = "[\"1\",\"1\",\"count:flood\",\"phx_join\",{}]";

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(Map.of("rollcall.friends", "token"));
  }

  /** The result of a flood: how many messages were sent, and how often the client was closed. */
  private record Flood(long messages, int closed) {}

  private Flood flood(String text, AtomicBoolean over) {
    long messages = 0;
    int closed = 0;
    while (!over.get()) {
      try (RawConnection connection = RawConnection.to(site())) {
        connection.handshake("vsn=2.0.0");
        while (!over.get()) {
          connection.sendText(text, 100);
          messages += 100;
        }
      } catch (UncheckedIOException end) {
        closed++;
      }
    }
    return new Flood(messages, closed);
  }

  private interface Exchange {
    void run();
  }

  private static List<Duration> measure(Exchange exchange, Duration time) {
    List<Duration> trips = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      long begin = System.nanoTime();
      exchange.run();
      trips.add(Duration.ofNanos(System.nanoTime() - begin));
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    Collections.sort(trips);
    return trips;
  }

  private static String shown(List<Duration> trips) {
    return "p50 %.1f ms, p99 %.1f ms of %d"
        .formatted(
            trips.get(trips.size() / 2).toNanos() / 1e6,
            trips.get(trips.size() * 99 / 100).toNanos() / 1e6,
            trips.size());
  }

  private void assertGoesOn(String text) {
    AtomicBoolean over = new AtomicBoolean();
    try (PhoenixClient other = site().connect()) {
      Exchange heartbeat = other::heartbeatAmongOthers;
      Exchange join = () -> joinAndLeave(other);
      measure(join, TIME.dividedBy(5));
      List<Duration> quietBeats = measure(heartbeat, TIME);
      List<Duration> quietJoins = measure(join, TIME);
      CompletableFuture<Flood> flood = CompletableFuture.supplyAsync(() -> flood(text, over));
      List<Duration> beats;
      List<Duration> joins;
      try {
        beats = measure(heartbeat, TIME);
        joins = measure(join, TIME);
      } finally {
        over.set(true);
      }
      Flood came = flood.join();
      LOG.log(Level.INFO, "{0} of {1}", came, text);
      LOG.log(Level.INFO, "heartbeats: {0}; meanwhile {1}", shown(quietBeats), shown(beats));
      LOG.log(Level.INFO, "joins: {0}; meanwhile {1}", shown(quietJoins), shown(joins));
      assertThat(came.messages()).isPositive();
    }
    Await.until(() -> assertThat(site().get("counts/count:flood").body()).contains("\"total\":0"));
  }

  /** Every answer must come, in its order: the client takes each frame. */
  private static void joinAndLeave(PhoenixClient client) {
    Joined channel = client.join("count:other", "{\"track\":false}");
    client.next("count:other", "presence_state");
    client.push(channel, "phx_leave", "{}");
    client.next("count:other", "phx_reply");
    client.next("count:other", "phx_close");
  }

  @Test
  void aFloodOfHeartbeatsLeavesNothingAndAnotherClientIsAnswered() {
    assertGoesOn(HEARTBEAT);
  }

  @Test
  void aFloodOfJoinsLeavesNothingAndAnotherClientIsAnswered() {
    assertGoesOn(JOIN);
  }
}
