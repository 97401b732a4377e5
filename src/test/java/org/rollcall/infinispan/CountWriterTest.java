package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rollcall.count.Count;
import org.rollcall.count.NodeCount;
import org.rollcall.presence.Topic;

class CountWriterTest {
  private static final Topic TOPIC = new Topic("count:1");
  private static final Topic OTHER = new Topic("count:2");

  private final List<Write> writes = new ArrayList<>();
  private final CountWriter writer = new CountWriter(this::begin);
  private @Nullable Throwable refusal;

  private record Write(Topic topic, NodeCount nodeCount, CompletableFuture<Void> done) {}

  private CompletableFuture<Void> begin(Topic topic, NodeCount nodeCount) {
    if (refusal instanceof Error error) {
      throw error;
    }
    if (refusal instanceof RuntimeException exception) {
      throw exception;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    writes.add(new Write(topic, nodeCount, done));
    return done;
  }

  private static NodeCount users(int many) {
    return new NodeCount(new Count(0, many), Map.of());
  }

  private List<NodeCount> begun() {
    return writes.stream().map(Write::nodeCount).toList();
  }

  private void written() {
    writes.get(writes.size() - 1).done.complete(null);
  }

  private void failed() {
    writes.get(writes.size() - 1).done.completeExceptionally(new IllegalStateException("no"));
  }

  @Test
  void aWriteBeginsAfterTheOneBeforeItAndHasTheLastCount() {
    writer.publish(TOPIC, users(1));
    writer.publish(TOPIC, users(2));
    writer.publish(TOPIC, users(3));
    assertThat(begun()).containsExactly(users(1));
    written();
    assertThat(begun()).containsExactly(users(1), users(3));
    written();
    assertThat(begun()).hasSize(2);
    assertThat(writer.isSettled(TOPIC)).isTrue();
  }

  @Test
  void topicsDoNotWaitForEachOther() {
    writer.publish(TOPIC, users(1));
    writer.publish(OTHER, users(2));
    assertThat(begun()).containsExactly(users(1), users(2));
  }

  @Test
  void nobodyIsNothing() {
    writer.publish(TOPIC, users(1));
    written();
    writer.publish(TOPIC, NodeCount.NONE);
    assertThat(begun()).containsExactly(users(1), NodeCount.NONE);
    assertThat(writer.published(TOPIC)).isEqualTo(NodeCount.NONE);
  }

  @Test
  void aCountThatOthersMayStillHaveIsPassedUntilItIsRemoved() {
    writer.publish(TOPIC, users(1));
    written();
    writer.publish(TOPIC, NodeCount.NONE);
    assertThat(passed()).containsExactly(Map.entry(TOPIC, NodeCount.NONE));
    assertThat(writer.isSettled(TOPIC)).isFalse();
    written();
    assertThat(passed()).isEmpty();
  }

  private Map<Topic, NodeCount> passed() {
    Map<Topic, NodeCount> passed = new HashMap<>();
    writer.forEach(passed::put);
    return passed;
  }

  @Test
  void aFailedWriteIsMissedOnceAndNotSettledBefore() {
    writer.publish(TOPIC, users(1));
    failed();
    assertThat(writer.isSettled(TOPIC)).isFalse();
    assertThat(writer.writeIf(TOPIC, nodeCount -> true)).isFalse();
    assertThat(writer.missed()).containsExactly(TOPIC);
    assertThat(writer.missed()).isEmpty();
  }

  @Test
  void afterAFailureTheNextCountIsWrittenWhenMissedIsAsked() {
    writer.publish(TOPIC, users(1));
    writer.publish(TOPIC, users(2));
    CompletableFuture<Void> waiting = writer.whenWritten();
    failed();
    assertThat(waiting).isDone();
    assertThat(begun()).containsExactly(users(1));
    writer.missed().forEach(writer::write);
    assertThat(begun()).containsExactly(users(1), users(2));
  }

  @Test
  void aPublicationAfterAFailureIsNotHeldBack() {
    writer.publish(TOPIC, users(1));
    failed();
    writer.publish(TOPIC, users(2));
    assertThat(begun()).containsExactly(users(1), users(2));
    written();
    // The first one may have arrived after the second.
    assertThat(writer.missed()).containsExactly(TOPIC);
  }

  @Test
  void aRemovalThatFailedIsPassedUntilItHasBeenMadeUpFor() {
    writer.publish(TOPIC, users(1));
    written();
    writer.publish(TOPIC, NodeCount.NONE);
    failed();
    assertThat(passed()).containsExactly(Map.entry(TOPIC, NodeCount.NONE));
    writer.missed().forEach(writer::write);
    assertThat(passed()).containsExactly(Map.entry(TOPIC, NodeCount.NONE));
    written();
    assertThat(passed()).isEmpty();
  }

  @Test
  void aCountIsFirmOnceItWasLookedAtAfterItHadSettled() {
    writer.publish(TOPIC, users(1));
    written();
    assertThat(writer.isSettled(TOPIC)).isTrue();
    assertThat(writer.isFirm(TOPIC)).isFalse();
    assertThat(writer.missed()).isEmpty();
    assertThat(writer.isFirm(TOPIC)).isTrue();
    writer.write(TOPIC);
    assertThat(writer.isFirm(TOPIC)).isFalse();
    written();
    assertThat(writer.isFirm(TOPIC)).isTrue();
  }

  @Test
  void aStoreThatRefusesIsMissedToo() {
    refusal = new IllegalStateException("this store is closed");
    writer.publish(TOPIC, users(1));
    assertThat(writer.missed()).containsExactly(TOPIC);
    refusal = new LinkageError("this store is down");
    writer.publish(TOPIC, users(2));
    assertThat(writer.missed()).containsExactly(TOPIC);
    assertThat(writer.whenWritten()).isDone();
  }

  @Test
  void aCountInFlightDoesNotCountAsWrong() {
    writer.publish(TOPIC, users(1));
    assertThat(writer.writeIf(TOPIC, nodeCount -> true)).isFalse();
    written();
    assertThat(writer.writeIf(TOPIC, nodeCount -> !nodeCount.equals(users(1)))).isFalse();
    assertThat(writer.writeIf(TOPIC, users(1)::equals)).isTrue();
    assertThat(begun()).containsExactly(users(1), users(1));
  }

  @Test
  void waitingForWritesIncludesWritesThatHaveNotBegun() {
    writer.publish(TOPIC, users(1));
    writer.publish(TOPIC, users(2));
    CompletableFuture<Void> waiting = writer.whenWritten();
    written();
    assertThat(waiting).isNotDone();
    written();
    assertThat(waiting).isDone();
  }

  @Test
  void waitingForWritesExcludesLaterOnes() {
    writer.publish(TOPIC, users(1));
    CompletableFuture<Void> waiting = writer.whenWritten();
    writer.publish(TOPIC, users(2));
    written();
    assertThat(waiting).isDone();
  }
}
