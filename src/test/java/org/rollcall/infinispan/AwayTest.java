package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.Watcher;

/** A page that goes away on one node, and may be back on another. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AwayTest {
  private static final Topic ROOM = new Topic("room:1");

  private ClusterFixture clusterFixture = new ClusterFixture(Map.of());

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  /**
   * Starts two nodes. Entries of lost connections, not of pages that are away, linger longer than
   * the test waits.
   */
  private void start(String away) {
    clusterFixture =
        new ClusterFixture(Map.of("rollcall.grace", "PT1H", "rollcall.grace.away", away));
    clusterFixture.start();
    clusterFixture.start();
  }

  private TrackedEntry track(int node, String given) {
    return clusterFixture
        .running()
        .get(node)
        .node()
        .tracker()
        .track(ROOM, "ada", Meta.of(1, given), () -> true);
  }

  /** Watches on every node, once it knows of so many pages. */
  private List<Watcher> watch(int pages) {
    return clusterFixture.running().stream().map(node -> watcher(node, pages)).toList();
  }

  private static Watcher watcher(LocalNode node, int pages) {
    Await.until(
        () ->
            assertThat(node.node().tracker().list(ROOM).metas().getOrDefault("ada", List.of()))
                .hasSize(pages));
    return new Watcher(node.node().tracker(), ROOM);
  }

  @Test
  void aPageThatWentAwayLeavesOnEveryNodeOnceLongBeforeOneThatIsLost() {
    start("PT0.2S");
    TrackedEntry phone = track(0, "\"device\":\"phone\"");
    TrackedEntry laptop = track(0, "\"device\":\"laptop\"");
    List<Watcher> watchers = watch(2);
    phone.end(LeaveReason.LOST);
    laptop.end(LeaveReason.AWAY);
    for (Watcher watcher : watchers) {
      Await.until(
          () ->
              assertThat(watcher.changes())
                  .containsExactly(new PresenceDiff.Change("ada", null, laptop.meta())));
    }
  }

  @Test
  void aPageThatIsBackInTimeOnAnotherNodeKeepsTheRefAndNobodyIsTold() {
    start("PT1H");
    TrackedEntry entry = track(0, "");
    List<Watcher> watchers = watch(1);
    entry.end(LeaveReason.AWAY);
    TrackedEntry back = track(1, "");
    assertThat(back.meta()).isEqualTo(entry.meta());
    back.end(LeaveReason.LEFT);
    for (Watcher watcher : watchers) {
      Await.until(() -> assertThat(watcher.state()).isEmpty());
      assertThat(watcher.changes()).hasSize(1);
    }
  }

  @Test
  void aPageThatIsBackTooLateOnAnotherNodeJoinsAnew() {
    start("PT0.2S");
    TrackedEntry entry = track(0, "");
    List<Watcher> watchers = watch(1);
    entry.end(LeaveReason.AWAY);
    Await.until(() -> assertThat(watchers.get(1).state()).isEmpty());
    TrackedEntry back = track(1, "");
    for (Watcher watcher : watchers) {
      Await.until(
          () ->
              assertThat(watcher.changes())
                  .containsExactly(
                      new PresenceDiff.Change("ada", null, entry.meta()),
                      new PresenceDiff.Change("ada", back.meta(), null)));
    }
  }
}
