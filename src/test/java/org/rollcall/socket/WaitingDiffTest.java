package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.ManualExecutor;

/** Diffs that wait while a client does not read. */
class WaitingDiffTest {
  private static final int CAPACITY = 6;
  private static final int BYTES = 100;

  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> sent = new ArrayList<>();
  private final List<Transport.Done> waiting = new ArrayList<>();
  private int restated;
  private int slow;
  private final Outbox outbox =
      new Outbox(
          new Transport() {
            @Override
            public void send(String text, Done done) {
              sent.add(text);
              waiting.add(done);
            }

            @Override
            public void ping() {}

            @Override
            public void close(CloseCode code) {}
          },
          executor,
          new OutboxLimits(CAPACITY, BYTES, 1000, () -> 0),
          new OutboxListener() {
            @Override
            public void slow() {
              slow++;
            }

            @Override
            public void lost() {}
          });
  private final Outbox.Stream stream = outbox.stream(() -> restated++);

  /** Letters; two diffs of the same letter are nothing. */
  private static final class Letters implements WaitingDiff {
    private static final int MOST = 20;
    private String text;

    Letters(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public int size() {
      return text.length();
    }

    @Override
    public boolean add(WaitingDiff next) {
      boolean fits = size() + next.size() <= MOST;
      if (fits) {
        text = text.equals(next.text()) ? "" : text + next.text();
      }
      return fits;
    }

    @Override
    public boolean isEmpty() {
      return text.isEmpty();
    }
  }

  private void push(String text) {
    stream.push(new Letters(text));
    executor.runAll();
  }

  private void read() {
    while (!waiting.isEmpty()) {
      waiting.remove(0).sent(true);
      executor.runAll();
    }
  }

  @Test
  void aDiffThatNeedNotWaitLeavesAlone() {
    push("a");
    read();
    push("b");
    assertThat(sent).containsExactly("a", "b");
  }

  @Test
  void diffsThatWaitBecomeOne() {
    push("a");
    push("b");
    push("c");
    read();
    assertThat(sent).containsExactly("a", "bc");
  }

  @Test
  void theOrderOfFramesIsKept() {
    push("a");
    push("b");
    outbox.send("reply");
    push("c");
    stream.state("state");
    push("d");
    push("e");
    read();
    assertThat(sent).containsExactly("a", "b", "reply", "c", "state", "de");
  }

  @Test
  void diffsOfTwoStreamsStayTwo() {
    push("a");
    push("b");
    outbox.stream(() -> {}).push(new Letters("c"));
    push("d");
    read();
    assertThat(sent).containsExactly("a", "b", "c", "d");
  }

  @Test
  void diffsThatTakeEachOtherBackAreNotSent() {
    push("a");
    push("b");
    push("b");
    assertThat(outbox.size()).isZero();
    push("c");
    read();
    assertThat(sent).containsExactly("a", "c");
  }

  @Test
  void aDiffThatWouldBeTooLongIsAFrameOfItsOwn() {
    push("a");
    push("b".repeat(15));
    push("c".repeat(15));
    read();
    assertThat(sent).containsExactly("a", "b".repeat(15), "c".repeat(15));
  }

  @Test
  void aClientThatDoesNotReadStillLosesItsStreamAndGetsOneState() {
    push("a");
    for (int i = 0; i < 2 * CAPACITY; i++) {
      push("b".repeat(15 + i % 2));
    }
    assertThat(outbox.size()).isZero();
    read();
    assertThat(sent).containsExactly("a");
    assertThat(restated).isEqualTo(1);
    assertThat(slow).isZero();
  }
}
