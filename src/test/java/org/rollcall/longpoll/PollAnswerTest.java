package org.rollcall.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualContainer;
import org.rollcall.testing.ManualExecutor;

/** One poll, whose client reads its answer or does not. */
final class PollAnswerTest {
  private static final String LONG = "x".repeat(20_000);

  private final ManualExecutor executor = new ManualExecutor();
  private final ManualContainer container = new ManualContainer();
  private final List<Boolean> told = new ArrayList<>();
  private int aborted;

  private PollAnswer poll() throws IOException {
    PollAnswer answer = new PollAnswer(container.context(), executor, () -> aborted++).begin();
    container.writePossible();
    return answer;
  }

  private void answer(PollAnswer poll, String text) {
    poll.answer(text, told::add);
    executor.runAll();
  }

  @Test
  void anAnswerSaysItsLengthAndIsToldOnceAllOfItHasLeft() throws IOException {
    answer(poll(), LONG);
    assertThat(container.text()).isEqualTo(LONG);
    assertThat(container.length()).isEqualTo(LONG.length());
    assertThat(container.completed()).isEqualTo(1);
    assertThat(told).containsExactly(true);
  }

  @Test
  void anAnswerThatIsNotReadIsNotToldAndGoesOnOnceItIs() throws IOException {
    PollAnswer poll = poll();
    container.readOnly(8192);
    answer(poll, LONG);
    assertThat(container.text()).hasSize(8192);
    assertThat(told).isEmpty();
    container.readOnly(LONG.length());
    container.writePossible();
    assertThat(container.text()).hasSize(LONG.length() - 8192);
    assertThat(told).containsExactly(true);
  }

  @Test
  void anAnswerThatIsGivenUpEndsItsConnection() throws IOException {
    PollAnswer poll = poll();
    container.read(false);
    answer(poll, LONG);
    poll.abort();
    assertThat(aborted).isEqualTo(1);
    assertThat(told).containsExactly(false);
    PollAnswer other = poll();
    container.timeOut();
    assertThat(aborted).isEqualTo(2);
    answer(other, LONG);
    assertThat(told).containsExactly(false, false);
  }
}
