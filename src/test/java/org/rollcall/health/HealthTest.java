package org.rollcall.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.Membership;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HealthTest {
  private final Health health = new Health();

  private boolean isReady() {
    return health.ready().stream().allMatch(Check::up);
  }

  private List<String> states() {
    return health.ready().stream().map(Check::state).toList();
  }

  @Test
  void aNodeIsLiveAndNotReadyBeforeItStartsAndAfterItHasStopped() {
    assertThat(isReady()).isFalse();
    assertThat(health.live()).allMatch(Check::up);
    try (LocalNode node = LocalNode.start(Map.of())) {
      health.started(node.node().health());
      assertThat(isReady()).isTrue();
      assertThat(health.live()).isNotEmpty().allMatch(Check::up);
    }
    health.stopped();
    assertThat(states()).containsExactly("not started");
  }

  @Test
  void aNodeIsNotReadyWhileItIsSuspended() {
    try (LocalNode node = LocalNode.start(Map.of())) {
      health.started(node.node().health());
      node.node().suspend();
      assertThat(isReady()).isFalse();
      assertThat(states()).contains("suspended");
      node.node().resume();
      assertThat(isReady()).isTrue();
    }
  }

  @Test
  void aNodeIsNotReadyFromTheFirstMomentOfItsDrainingAndNobodyWaitsForTheAnswer() {
    LocalNode node = LocalNode.start(Map.of("rollcall.drain", "PT1S"));
    health.started(node.node().health());
    for (int i = 0; i < 100; i++) {
      node.connect("2.0.0", Optional.of("u" + i), List.of());
    }
    CompletableFuture<Void> closing = CompletableFuture.runAsync(node::close);
    Await.until(() -> assertThat(isReady()).isFalse());
    assertThat(closing).isNotDone();
    assertThat(states()).contains("draining");
    assertThat(node.node().sockets().size()).isPositive();
    closing.join();
    assertThat(states()).contains("draining");
  }

  @Test
  void aNodeWhoseTimerStandsStillIsNotLive() {
    AtomicLong nanos = new AtomicLong();
    Pulse pulse = new Pulse(nanos::get);
    Quorum quorum = new Quorum(Membership.alone("a"), nanos::get);
    health.started(new Health.Node(() -> Stage.SERVING, () -> true, quorum, pulse));
    nanos.set(Pulse.LONGEST.minus(Duration.ofNanos(1)).toNanos());
    assertThat(health.live()).allMatch(Check::up);
    nanos.incrementAndGet();
    assertThat(health.live()).extracting(Check::up).containsExactly(false);
    assertThat(isReady()).isTrue();
    pulse.beat();
    assertThat(health.live()).allMatch(Check::up);
  }

  @Test
  void aNodeThatIsNotConnectedToItsClusterIsNotReady() {
    Quorum quorum = new Quorum(Membership.alone("a"), System::nanoTime);
    Pulse pulse = new Pulse(System::nanoTime);
    health.started(new Health.Node(() -> Stage.SERVING, () -> false, quorum, pulse));
    assertThat(isReady()).isFalse();
    assertThat(health.live()).allMatch(Check::up);
  }
}
