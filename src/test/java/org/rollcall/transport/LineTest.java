package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that is not open yet, or not any more. */
@Timeout(20)
class LineTest {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int MOST_PONGS = 64;

  private final List<String> done = new ArrayList<>();
  private final Line line = new Line(100);

  @Test
  void onlyACloseFrameWithoutABodyHasNoCode() {
    line.received(TEXT, 0, true);
    line.received(PING, 8, true);
    line.received(CLOSE, 2, true);
    assertThat(line.hasCloseWithoutCode()).isFalse();
    line.received(CLOSE, 0, true);
    assertThat(line.hasCloseWithoutCode()).isTrue();
  }

  @Test
  void aFrameThatIsTooLongIsTheLastOne() {
    line.abortBy(() -> done.add("abort"));
    line.received(TEXT, 100, true);
    assertThat(line.isCut()).isFalse();
    line.received(TEXT, 101, true);
    assertThat(line.isCut()).isTrue();
    assertThat(done).containsExactly("abort");
  }

  @Test
  void pongsThatWaitAreBoundedWhereEachThatGoesOutIsTold() {
    line.countAnswers();
    for (int i = 0; i < MOST_PONGS; i++) {
      line.received(PING, 0, true);
    }
    line.answered();
    line.received(PING, 0, true);
    assertThat(line.isCut()).isFalse();
    line.received(PING, 0, true);
    assertThat(line.isCut()).isTrue();
  }

  @Test
  void pongsAreNotBoundedWhereNoneIsTold() {
    for (int i = 0; i < 2 * MOST_PONGS; i++) {
      line.received(PING, 0, true);
    }
    assertThat(line.isCut()).isFalse();
  }

  @Test
  void theEndOfTcpIsToldOnceAndAlsoLate() {
    line.abortBy(() -> done.add("abort"));
    line.whenOver(() -> done.add("over"));
    line.ended();
    line.ended();
    line.abort();
    assertThat(done).containsExactly("over");
    line.whenOver(() -> done.add("late"));
    assertThat(done).containsExactly("over", "late");
  }

  @Test
  void aConnectionThatIsCutIsClosedWhenTheClientAnswers() {
    line.abortBy(() -> done.add("abort"));
    assertThat(line.putOff(() -> done.add("close")))
        .as("nothing more comes than is read")
        .isFalse();
    line.cut();
    assertThat(line.putOff(() -> done.add("close"))).as("nobody waits for an answer").isFalse();
    line.readOn();
    assertThat(line.putOff(() -> done.add("close"))).isTrue();
    line.received(TEXT, 10, true);
    assertThat(done).isEmpty();
    line.received(CLOSE, 2, true);
    line.received(CLOSE, 2, true);
    assertThat(done).containsExactly("close");
    line.abort();
    assertThat(done).containsExactly("close", "abort");
  }

  @Test
  void aConnectionThatTheContainerKeepsIsNotOverAndCanBeAborted() {
    line.abortBy(() -> done.add("abort"));
    line.endIsTold();
    line.whenOver(() -> done.add("over"));
    line.released();
    assertThat(done).isEmpty();
    line.abort();
    assertThat(done).containsExactly("abort");
    line.ended();
    line.released();
    assertThat(done).containsExactly("abort", "over");
  }
}
