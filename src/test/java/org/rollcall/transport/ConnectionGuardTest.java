package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that is not open yet, or not any more. */
@Timeout(20)
class ConnectionGuardTest {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int MOST_PONGS = 64;

  private final List<String> done = new ArrayList<>();
  private final ConnectionGuard guard = new ConnectionGuard(100);

  @Test
  void onlyACloseFrameWithoutABodyHasNoCode() {
    guard.received(TEXT, 0, true);
    guard.received(PING, 8, true);
    guard.received(CLOSE, 2, true);
    assertThat(guard.hasCloseWithoutCode()).isFalse();
    guard.received(CLOSE, 0, true);
    assertThat(guard.hasCloseWithoutCode()).isTrue();
  }

  @Test
  void aFrameThatIsTooLongIsTheLastOne() {
    guard.abortBy(() -> done.add("abort"));
    guard.received(TEXT, 100, true);
    assertThat(guard.isCut()).isFalse();
    guard.received(TEXT, 101, true);
    assertThat(guard.isCut()).isTrue();
    assertThat(done).containsExactly("abort");
  }

  @Test
  void pongsThatWaitAreBoundedWhereEachThatGoesOutIsTold() {
    guard.pongs().begin();
    for (int i = 0; i < MOST_PONGS; i++) {
      guard.received(PING, 0, true);
    }
    guard.pongs().left();
    guard.received(PING, 0, true);
    assertThat(guard.isCut()).isFalse();
    guard.received(PING, 0, true);
    assertThat(guard.isCut()).isTrue();
  }

  @Test
  void pongsAreNotBoundedWhereNoneIsTold() {
    for (int i = 0; i < 2 * MOST_PONGS; i++) {
      guard.received(PING, 0, true);
    }
    assertThat(guard.isCut()).isFalse();
  }

  @Test
  void theEndOfTcpIsToldOnceAndAlsoLate() {
    guard.abortBy(() -> done.add("abort"));
    guard.whenOver(() -> done.add("over"));
    guard.ended();
    guard.ended();
    guard.abort();
    assertThat(done).containsExactly("over");
    guard.whenOver(() -> done.add("late"));
    assertThat(done).containsExactly("over", "late");
  }

  @Test
  void aConnectionThatIsCutIsClosedWhenTheClientAnswers() {
    guard.abortBy(() -> done.add("abort"));
    assertThat(guard.putOff(() -> done.add("close")))
        .as("nothing more comes than is read")
        .isFalse();
    guard.cut();
    assertThat(guard.putOff(() -> done.add("close"))).as("nobody waits for an answer").isFalse();
    guard.readOn();
    assertThat(guard.putOff(() -> done.add("close"))).isTrue();
    guard.received(TEXT, 10, true);
    assertThat(done).isEmpty();
    guard.received(CLOSE, 2, true);
    guard.received(CLOSE, 2, true);
    assertThat(done).containsExactly("close");
    guard.abort();
    assertThat(done).containsExactly("close", "abort");
  }

  @Test
  void aConnectionThatTheContainerKeepsIsNotOverAndCanBeAborted() {
    guard.abortBy(() -> done.add("abort"));
    guard.endIsTold();
    guard.whenOver(() -> done.add("over"));
    guard.released();
    assertThat(done).isEmpty();
    guard.abort();
    assertThat(done).containsExactly("abort");
    guard.ended();
    guard.released();
    assertThat(done).containsExactly("abort", "over");
  }
}
