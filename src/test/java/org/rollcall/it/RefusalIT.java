package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;

/** Refusals that are answered late, on a real server. */
@Tag("long")
final class RefusalIT extends OnServer {
  private static final Duration DELAY = Duration.ofSeconds(8);

  /** More than either server has threads for requests. */
  private static final int MANY = 200;

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends", "token",
            "rollcall.refusal.join", DELAY.toString(),
            "rollcall.refusal.connect", DELAY.toString()));
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void refusedHandshakesWaitTogetherAndOthersDoNotWaitForThem() {
    try (PhoenixClient first = site().connect()) {
      first.heartbeat();
    }
    List<RawConnection> refused = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < MANY; i++) {
      RawConnection connection = RawConnection.to(site());
      connection.ask("vsn=2.0.0&token=nonsense");
      refused.add(connection);
    }
    try (PhoenixClient client = site().connect()) {
      client.heartbeat();
    }
    assertThat(since(begin)).isLessThan(DELAY);
    for (RawConnection connection : refused) {
      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).isEmpty();
      connection.close();
    }
    assertThat(since(begin)).isBetween(DELAY, DELAY.multipliedBy(3));
  }

  @Test
  void aClientThatDoesNotWaitForTheRefusalDoesNoHarm() {
    for (int i = 0; i < 20; i++) {
      RawConnection connection = RawConnection.to(site());
      connection.ask("vsn=2.0.0&token=nonsense");
      connection.close();
    }
    try (RawConnection patient = RawConnection.to(site())) {
      assertThat(patient.handshake("vsn=3.0.0").status()).isEqualTo(403);
    }
    try (PhoenixClient client = site().connect()) {
      client.heartbeat();
    }
  }

  @Test
  void theSecondRefusalOfATopicWaitsAndItsSocketDoesNot() {
    try (PhoenixClient client = site().connect()) {
      long begin = System.nanoTime();
      assertThat(client.refused("room:refused", "{}").reason()).isEqualTo("unauthorized");
      assertThat(since(begin)).isLessThan(DELAY);
      begin = System.nanoTime();
      client.askToJoin("room:refused", "{}");
      client.heartbeat();
      assertThat(client.next("room:refused", "phx_reply").reason()).isEqualTo("unauthorized");
      assertThat(since(begin)).isGreaterThanOrEqualTo(DELAY);
    }
  }
}
