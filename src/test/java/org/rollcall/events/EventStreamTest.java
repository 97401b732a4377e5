package org.rollcall.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;
import org.rollcall.testing.ManualContainer;
import org.rollcall.testing.ManualExecutor;

/** One listener's stream, on a container whose client reads when the test says so. */
final class EventStreamTest {
  private static final String BEGIN = "retry: 1000\n\n";

  private final ManualExecutor executor = new ManualExecutor();
  private final ManualContainer container = new ManualContainer();
  private int ended;

  private EventStream stream(String... topics) throws IOException {
    EventStream stream =
        new EventStream(
            container.context(),
            executor,
            new CountEvent(List.of(topics)),
            new EventStream.Begin(topics.length, BEGIN, new EventTraffic()),
            () -> ended++);
    stream.begin();
    return stream;
  }

  private static void tell(EventStream stream, int index, int from, int to) {
    stream
        .subscriber(index)
        .onDiff(new CountSubscriber.Change(new Count(from, 0), new Count(to, 0)));
  }

  private static String event(String id, String topic, int viewers) {
    return "id: %s\ndata: {\"topic\":\"%s\",\"viewers\":{\"count\":%d},\"users\":{\"count\":0},\"total\":%d}\n\n"
        .formatted(id, topic, viewers, viewers);
  }

  @Test
  void nothingIsWrittenBeforeTheContainerIsReady() throws IOException {
    EventStream stream = stream("count:a");
    stream.subscriber(0).onState(Count.ZERO);
    stream.comment();
    executor.runAll();
    assertThat(container.text()).isEmpty();
    container.writePossible();
    assertThat(container.text()).isEqualTo(BEGIN + event("0-0", "count:a", 0));
  }

  @Test
  void aClientThatDoesNotReadIsToldTheNewestCountOnceItReads() throws IOException {
    EventStream stream = stream("count:a", "count:b");
    container.writePossible();
    container.text();
    container.read(false);
    for (int i = 0; i < 1000; i++) {
      tell(stream, 0, i, i + 1);
      stream.comment();
      executor.runAll();
    }
    tell(stream, 1, 0, 7);
    executor.runAll();
    container.read(true);
    container.writePossible();
    assertThat(container.text())
        .endsWith(event("1000-0.", "count:a", 1000) + event("1000-0.7-0", "count:b", 7))
        .hasSizeLessThan(300);
  }

  @Test
  void aCountThatIsShownAlreadyIsNotToldAgain() throws IOException {
    EventStream stream = stream("count:a");
    container.writePossible();
    container.text();
    tell(stream, 0, 0, 3);
    executor.runAll();
    assertThat(container.text()).isEqualTo(event("3-0", "count:a", 3));
    tell(stream, 0, 2, 3);
    executor.runAll();
    assertThat(container.text()).isEmpty();
  }

  @Test
  void aClientThatHasClosedItsConnectionLeavesOnceAndGetsNothing() throws IOException {
    EventStream stream = stream("count:a");
    CountSubscriber subscriber = stream.subscriber(0);
    container.writePossible();
    assertThat(subscriber.isOpen()).isTrue();
    container.breakConnection();
    tell(stream, 0, 0, 1);
    executor.runAll();
    assertThat(subscriber.isOpen()).isFalse();
    container.fail();
    container.end();
    tell(stream, 0, 1, 2);
    stream.end();
    executor.runAll();
    assertThat(ended).isEqualTo(1);
    assertThat(container.completed()).isEqualTo(1);
  }

  @Test
  void aStreamEndsAlsoIfTheClientDoesNotRead() throws IOException {
    EventStream stream = stream("count:a");
    container.writePossible();
    container.read(false);
    stream.end();
    executor.runAll();
    assertThat(container.completed()).isEqualTo(1);
    assertThat(ended).isEqualTo(1);
  }

  @Test
  void anIdOfAnotherStreamIsIgnored() {
    for (String id : List.of("", "1-0", "1-0.2-0.3-0", "1-0.x", "1-0.-1-0", "1-0.1--0")) {
      CountEvent event = new CountEvent(List.of("count:a", "count:b"));
      event.resume(id);
      assertThat(event.of(0, new Count(1, 0))).as(id).contains("id: 1-0.\n");
    }
  }
}
