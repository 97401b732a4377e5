package org.rollcall.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.CountChanged;
import org.rollcall.TrackedPresence;
import org.rollcall.count.Count;
import org.rollcall.count.NodeCount;
import org.rollcall.count.OtherNodes;
import org.rollcall.presence.Topic;
import org.rollcall.testing.ManualExecutor;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CountEventsTest extends TrackedFixture {
  private final ManualExecutor events = new ManualExecutor();
  private final List<Runnable> due = new ArrayList<>();
  private final List<CountChanged> told = new ArrayList<>();

  private void observe() {
    CountEvents.begin(
        counts,
        told::add,
        events,
        new CountEvents.Timing(Duration.ofSeconds(1), (task, delay) -> due.add(task), () -> nanos));
    pass();
  }

  private void pass() {
    executor.runAll();
    events.runAll();
  }

  private void passSecond() {
    nanos += Duration.ofSeconds(1).toNanos();
    List<Runnable> now = List.copyOf(due);
    due.clear();
    now.forEach(Runnable::run);
    pass();
  }

  private TrackedPresence track(String topic) {
    TrackedPresence tracked = presence.track(topic, "ada", JsonObject.EMPTY_JSON_OBJECT);
    pass();
    return tracked;
  }

  private List<Integer> totals() {
    return told.stream().map(event -> event.count().total()).toList();
  }

  @Test
  void aChangeIsToldAtOnceAndTheNextOnesAsOneAfterTheInterval() {
    observe();
    TrackedPresence one = track("count:1");
    track("count:1");
    track("count:1").close();
    pass();
    assertThat(totals()).containsExactly(1);
    passSecond();
    assertThat(totals()).containsExactly(1, 2);
    passSecond();
    one.close();
    pass();
    assertThat(totals()).containsExactly(1, 2, 1);
  }

  @Test
  void aTopicThatIsEmptyIsToldAsZeroAndForgotten() {
    observe();
    track("count:1").close();
    pass();
    passSecond();
    assertThat(totals()).containsExactly(1, 0);
    passSecond();
    assertThat(due).isEmpty();
    passSecond();
    track("count:1");
    assertThat(totals()).containsExactly(1, 0, 1);
  }

  @Test
  void countsOfOtherNodesAreToldToo() {
    observe();
    Topic topic = new Topic("count:far");
    others.others(
        topic, OtherNodes.NONE.plusUp(new NodeCount(new Count(5, 2), Map.of()), "node-1"));
    pass();
    assertThat(told)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.count().topic()).isEqualTo("count:far");
              assertThat(event.count().viewers()).isEqualTo(5);
              assertThat(event.count().users()).isEqualTo(2);
            });
  }

  @Test
  void countsBeforeTheFirstObserverAreSentFirst() {
    track("count:1");
    observe();
    assertThat(totals()).containsExactly(1);
  }
}
