package org.rollcall.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualContainer;
import org.rollcall.testing.ManualExecutor;

/** One response, in a container whose client reads when the test says so. */
final class AsyncResponseWriterTest {
  private static final String LAST = "last";

  private final ManualExecutor executor = new ManualExecutor();
  private final ManualContainer container = new ManualContainer();
  private final Pieces pieces = new Pieces();

  /** Pieces that a test has prepared, and what became of them. */
  private static final class Pieces implements AsyncResponseWriter.Source {
    private final Deque<String> waiting = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private @Nullable String given;

    @Override
    public byte @Nullable [] next() {
      given = waiting.poll();
      return given == null ? null : given.getBytes(UTF_8);
    }

    @Override
    public boolean isLast() {
      return LAST.equals(given);
    }

    @Override
    public void timedOut() {
      said.add("timed out");
    }

    @Override
    public void ended(boolean all) {
      said.add(all ? "all" : "not all");
    }
  }

  private AsyncResponseWriter writer(Executor runs) throws IOException {
    AsyncResponseWriter writer = new AsyncResponseWriter(container.context(), runs, pieces);
    writer.begin();
    return writer;
  }

  private AsyncResponseWriter begun() throws IOException {
    AsyncResponseWriter writer = writer(executor);
    container.writePossible();
    return writer;
  }

  private void give(AsyncResponseWriter writer, String... more) {
    pieces.waiting.addAll(List.of(more));
    writer.signal();
    executor.runAll();
  }

  @Test
  void nothingIsWrittenBeforeTheContainerIsReady() throws IOException {
    AsyncResponseWriter writer = writer(executor);
    give(writer, "a", "b");
    assertThat(container.text()).isEmpty();
    container.writePossible();
    assertThat(container.text()).isEqualTo("ab");
  }

  @Test
  void thePiecesLeaveInTheirOrderAndTheLastOneEndsTheResponse() throws IOException {
    AsyncResponseWriter writer = begun();
    give(writer, "a");
    give(writer, "b", LAST, "never");
    assertThat(container.text()).isEqualTo("ablast");
    assertThat(container.completed()).isEqualTo(1);
    assertThat(pieces.said).containsExactly("all");
    assertThat(writer.isOpen()).isFalse();
  }

  @Test
  void aClientThatDoesNotReadGetsOnePieceAndTheOthersStayInTheSource() throws IOException {
    AsyncResponseWriter writer = begun();
    container.readOnly(1);
    give(writer, "a", "b", LAST);
    assertThat(container.text()).isEqualTo("a");
    assertThat(pieces.waiting).containsExactly("b", LAST);
    assertThat(pieces.said).isEmpty();
    container.readOnly(100);
    container.writePossible();
    assertThat(container.text()).isEqualTo("blast");
    assertThat(pieces.said).containsExactly("all");
  }

  @Test
  void anEndWritesWhatTheContainerTakesAndWaitsForNoClient() throws IOException {
    AsyncResponseWriter writer = begun();
    pieces.waiting.add("a");
    writer.end();
    executor.runAll();
    assertThat(container.text()).isEqualTo("a");
    assertThat(pieces.said).containsExactly("not all");
    assertThat(container.completed()).isEqualTo(1);
  }

  @Test
  void anEndBeforeTheBeginningEndsAtTheBeginning() throws IOException {
    AsyncResponseWriter writer = writer(executor);
    container.read(false);
    writer.end();
    executor.runAll();
    assertThat(container.completed()).isZero();
    container.writePossible();
    assertThat(container.completed()).isEqualTo(1);
  }

  @Test
  void anAbortEndsAtOnceAlsoBeforeTheBeginning() throws IOException {
    AsyncResponseWriter writer = writer(executor);
    writer.abort();
    assertThat(container.completed()).isEqualTo(1);
    pieces.waiting.add("a");
    container.writePossible();
    assertThat(container.text()).isEmpty();
    assertThat(pieces.said).containsExactly("not all");
  }

  @Test
  void aConnectionThatBreaksEndsTheResponseOnce() throws IOException {
    AsyncResponseWriter writer = begun();
    container.breakConnection();
    give(writer, "a");
    container.fail();
    container.end();
    give(writer, "b");
    assertThat(pieces.said).containsExactly("not all");
    assertThat(container.completed()).isEqualTo(1);
  }

  @Test
  void aRequestThatTheContainerHasEndedIsNotCompletedAgain() throws IOException {
    AsyncResponseWriter writer = begun();
    container.end();
    writer.abort();
    assertThat(pieces.said).containsExactly("not all");
    assertThat(container.completed()).isZero();
  }

  @Test
  void aRequestThatLastsForTooLongIsSaidAndEnded() throws IOException {
    begun();
    container.timeOut();
    assertThat(pieces.said).containsExactly("timed out", "not all");
    assertThat(container.completed()).isEqualTo(1);
  }

  @Test
  void whereNothingRunsAnyMoreASignalEndsTheResponse() throws IOException {
    AsyncResponseWriter writer =
        writer(
            task -> {
              throw new RejectedExecutionException();
            });
    container.writePossible();
    writer.signal();
    assertThat(pieces.said).containsExactly("not all");
  }

  @Test
  void aPieceThatComesWhileAnotherIsWrittenIsWrittenToo() throws IOException {
    List<Runnable> tasks = new ArrayList<>();
    AsyncResponseWriter writer = writer(tasks::add);
    container.writePossible();
    for (int i = 0; i < 3; i++) {
      pieces.waiting.add("" + i);
      writer.signal();
    }
    assertThat(tasks).hasSize(1);
    tasks.get(0).run();
    assertThat(container.text()).isEqualTo("012");
    writer.signal();
    assertThat(tasks).hasSize(2);
  }
}
