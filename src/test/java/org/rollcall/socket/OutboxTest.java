package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.ManualExecutor;

class OutboxTest {
  private static final long TIMEOUT = 1000;
  private static final int CAPACITY = 4;

  private final ManualExecutor executor = new ManualExecutor();
  private final FakeTransport transport = new FakeTransport();
  private final List<String> ends = new ArrayList<>();
  private long now = 50_000;
  private final Outbox outbox =
      new Outbox(
          transport,
          executor,
          new OutboxLimits(CAPACITY, TIMEOUT, () -> now),
          new OutboxListener() {
            @Override
            public void slow() {
              ends.add("slow");
            }

            @Override
            public void lost() {
              ends.add("lost");
            }
          });
  private int restated;
  private final Outbox.Stream stream = outbox.stream(() -> restated++);

  /** A transport that completes each send at once, or when the test says so. */
  private static final class FakeTransport implements Transport {
    final List<String> sent = new ArrayList<>();
    boolean reading = true;
    boolean broken;
    @Nullable Done waiting;
    int depth;
    int deepest;

    @Override
    public void send(String text, Done done) {
      depth++;
      deepest = Math.max(deepest, depth);
      assertThat(waiting).as("one send in flight").isNull();
      sent.add(text);
      if (reading) {
        done.sent(!broken);
      } else {
        waiting = done;
      }
      depth--;
    }

    void read() {
      reading = true;
      Done done = Objects.requireNonNull(waiting);
      waiting = null;
      done.sent(true);
    }

    @Override
    public void ping() {}

    @Override
    public void close(CloseCode code) {}
  }

  @Test
  void framesLeaveInTheirOrder() {
    outbox.send("1");
    stream.push("2");
    outbox.send("3");
    executor.runAll();
    assertThat(transport.sent).containsExactly("1", "2", "3");
  }

  @Test
  void aTransportThatCompletesAtOnceDoesNotDeepenTheStack() {
    for (int i = 0; i < CAPACITY; i++) {
      outbox.send("x");
    }
    executor.runAll();
    assertThat(transport.deepest).isEqualTo(1);
  }

  @Test
  void oneSendIsInFlightAtATime() {
    transport.reading = false;
    outbox.send("1");
    executor.runAll();
    outbox.send("2");
    executor.runAll();
    assertThat(transport.sent).containsExactly("1");
    transport.read();
    executor.runAll();
    assertThat(transport.sent).containsExactly("1", "2");
  }

  @Test
  void aFullOutboxLosesItsPresenceAndAsksForOneState() {
    transport.reading = false;
    outbox.send("first");
    executor.runAll();
    outbox.send("reply");
    for (int i = 0; i < 100; i++) {
      stream.push("diff" + i);
    }
    assertThat(outbox.size()).isLessThanOrEqualTo(CAPACITY);
    assertThat(restated).isZero();
    transport.read();
    executor.runAll();
    assertThat(transport.sent).containsExactly("first", "reply");
    assertThat(restated).isEqualTo(1);
    stream.push("lost too");
    stream.state("state");
    stream.push("diff");
    executor.runAll();
    assertThat(transport.sent).containsExactly("first", "reply", "state", "diff");
    assertThat(ends).isEmpty();
  }

  @Test
  void anOutboxThatFillsAgainBeforeItHasCaughtUpIsSlow() {
    transport.reading = false;
    outbox.send("first");
    executor.runAll();
    for (int i = 0; i < 100; i++) {
      stream.push("diff");
    }
    stream.state("state");
    for (int i = 0; i < 100; i++) {
      stream.push("diff");
    }
    executor.runAll();
    assertThat(ends).containsExactly("slow");
    assertThat(outbox.size()).isZero();
  }

  @Test
  void anOutboxThatHasCaughtUpMayFillAgain() {
    for (int round = 0; round < 3; round++) {
      transport.reading = false;
      outbox.send("first");
      executor.runAll();
      for (int i = 0; i < 100; i++) {
        stream.push("diff");
      }
      transport.read();
      executor.runAll();
      stream.state("state");
      executor.runAll();
    }
    assertThat(restated).isEqualTo(3);
    assertThat(ends).isEmpty();
  }

  @Test
  void repliesAloneMayNotFillIt() {
    transport.reading = false;
    for (int i = 0; i < 100; i++) {
      outbox.send("reply");
    }
    executor.runAll();
    executor.runAll();
    assertThat(ends).containsExactly("slow");
  }

  @Test
  void longFramesFillItToo() {
    transport.reading = false;
    String half = "x".repeat(CAPACITY * 512);
    outbox.send("first");
    executor.runAll();
    stream.push(half);
    stream.push(half);
    assertThat(outbox.size()).isEqualTo(2);
    stream.push("one more");
    assertThat(outbox.size()).isZero();
  }

  @Test
  void aFrameThatDoesNotLeaveInTimeIsSlow() {
    transport.reading = false;
    outbox.send("1");
    executor.runAll();
    outbox.check(now + TIMEOUT - 1);
    assertThat(ends).isEmpty();
    outbox.check(now + TIMEOUT);
    outbox.check(now + TIMEOUT + 1);
    executor.runAll();
    assertThat(ends).containsExactly("slow");
  }

  @Test
  void aFrameThatHasNotBegunToLeaveIsNotSlow() {
    outbox.send("1");
    outbox.check(now + 10 * TIMEOUT);
    executor.runAll();
    outbox.check(now + 10 * TIMEOUT);
    assertThat(ends).isEmpty();
  }

  @Test
  void aBrokenTransportIsLostOnce() {
    transport.broken = true;
    outbox.send("1");
    outbox.send("2");
    executor.runAll();
    outbox.send("3");
    executor.runAll();
    assertThat(ends).containsExactly("lost");
    assertThat(transport.sent).containsExactly("1");
  }

  @Test
  void anEndedStreamIsAskedForNothing() {
    transport.reading = false;
    outbox.send("first");
    executor.runAll();
    for (int i = 0; i < 100; i++) {
      stream.push("diff");
    }
    stream.end();
    transport.read();
    executor.runAll();
    assertThat(restated).isZero();
  }
}
