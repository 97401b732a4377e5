package org.rollcall.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rollcall.presence.Topic;

/** Registrations in counts, compared with their connections. */
class CountedConnectionsTest {
  private static final Topic TOPIC = new Topic("count:1");
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Counts counts =
      new Counts(
          new Alone(),
          new Counts.Telling(Duration.ofSeconds(1), CountRounding.NONE),
          Runnable::run,
          (task, delay) -> {},
          () -> 0);
  private final Counts.Registration place = counts.enter(TOPIC, Count.Kind.VIEWER, new Viewer());

  /** A node that has no others. */
  private static final class Alone implements CountStore {
    @Override
    public void publish(Topic topic, NodeCount nodeCount) {
      // Nobody reads it.
    }

    @Override
    public OtherNodes others(Topic topic) {
      return OtherNodes.NONE;
    }

    @Override
    public Set<Topic> topics() {
      return Set.of();
    }

    @Override
    public void listen(Consumer<Topic> changed) {
      // Nothing changes.
    }
  }

  private final class Viewer implements CountSubscriber {
    @Override
    public boolean isOpen() {
      return open.get();
    }

    @Override
    public void onState(Count state) {
      // The count itself is what is looked at here.
    }

    @Override
    public void onDiff(Change change) {
      // As above.
    }
  }

  @Test
  void whoseConnectionIsOpenIsCounted() {
    counts.audit(START);
    counts.audit(START.plusSeconds(100));
    assertThat(counts.count(TOPIC)).isEqualTo(Count.one(Count.Kind.VIEWER));
    assertThat(counts.repairs()).isZero();
  }

  @Test
  void aRegistrationThatOutlivesItsConnectionIsClosedALittleLater() {
    open.set(false);
    counts.audit(START);
    counts.audit(START.plusSeconds(14));
    assertThat(counts.count(TOPIC)).isEqualTo(Count.one(Count.Kind.VIEWER));
    counts.audit(START.plusSeconds(15));
    assertThat(counts.count(TOPIC)).isEqualTo(Count.ZERO);
    place.close();
    assertThat(counts.count(TOPIC)).isEqualTo(Count.ZERO);
    assertThat(counts.repairs()).isEqualTo(1);
  }

  @Test
  void aRegistrationThatEndsWithItsConnectionIsNoRepair() {
    open.set(false);
    counts.audit(START);
    place.close();
    counts.audit(START.plusSeconds(20));
    assertThat(counts.count(TOPIC)).isEqualTo(Count.ZERO);
    assertThat(counts.repairs()).isZero();
  }
}
