package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What of an entry ends before its time, and whose it is to end it. */
class EndingsTest extends ClusteredWorld {
  private Entry mine() {
    return clustered.track(ROOM, "ada", meta(""), () -> true);
  }

  private Entry of(String owner) {
    Entry entry = Entry.live(new Entry.Id(ROOM, "ada", Ref.next()), owner, meta(""));
    store.put(entry);
    executor.runAll();
    return entry;
  }

  private void end() {
    clustered.endLingering(entry -> true);
  }

  /** Lets something happen between the look and the end. */
  private void endAfter(Runnable meanwhile) {
    Predicate<Entry> which =
        entry -> {
          meanwhile.run();
          return true;
        };
    clustered.endLingering(which);
  }

  @Test
  void whatLivesStays() {
    Entry mine = mine();
    Entry theirs = of("node-2");
    end();
    assertThat(store.get(mine.id())).isEqualTo(mine);
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
  }

  @Test
  void whatLingersHereEnds() {
    Entry mine = mine();
    clustered.end(mine, Departure.LOST);
    end();
    assertThat(store.get(mine.id())).isNull();
    assertThat(clustered.holdings().ids()).isEmpty();
  }

  @Test
  void whatLingersOnANodeThatIsUpIsThatNodesToEnd() {
    Entry theirs = of("node-2").lost(Instant.ofEpochMilli(now));
    store.put(theirs);
    end();
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
  }

  @Test
  void whatThisNodeLeftForOthersEnds() {
    Entry mine = mine();
    leaving = Set.of("node-1");
    clustered.end(mine, Departure.LOST);
    assertThat(store.get(mine.id())).isEqualTo(mine);
    end();
    assertThat(store.get(mine.id())).isNull();
  }

  @Test
  void whatStillLivesOnThisNodeThatIsAboutToGoStays() {
    Entry mine = mine();
    leaving = Set.of("node-1");
    end();
    assertThat(store.get(mine.id())).isEqualTo(mine);
  }

  @Test
  void whatANodeLeftThatIsGoneOrAboutToGoEnds() {
    Entry going = of("node-2");
    Entry gone = of("node-3");
    leaving = Set.of("node-2");
    end();
    assertThat(store.get(going.id())).isNull();
    assertThat(store.get(gone.id())).isNull();
  }

  @Test
  void whatADeadNodeLeftEndsOnceTheViewSaysSo() {
    Entry theirs = of("node-2");
    end();
    assertThat(store.get(theirs.id())).isEqualTo(theirs);
    up = List.of("node-1");
    end();
    assertThat(store.get(theirs.id())).isNull();
  }

  @Test
  void whoIsBackHereMeanwhileStays() {
    Entry mine = mine();
    executor.runAll();
    clustered.end(mine, Departure.LOST);
    endAfter(
        () ->
            assertThat(clustered.track(ROOM, "ada", meta(""), () -> true).id())
                .isEqualTo(mine.id()));
    assertThat(store.get(mine.id())).isEqualTo(mine);
    assertThat(clustered.holdings().ids()).containsExactly(mine.id());
  }

  @Test
  void whoIsBackElsewhereMeanwhileStays() {
    Entry mine = mine();
    leaving = Set.of("node-1");
    clustered.end(mine, Departure.LOST);
    Entry theirs = Entry.live(mine.id(), "node-2", mine.meta());
    endAfter(() -> store.replace(mine, theirs));
    assertThat(store.get(mine.id())).isEqualTo(theirs);
  }

  @Test
  void whoTookOverWhatANodeLeftMeanwhileStays() {
    Entry theirs = of("node-2");
    leaving = Set.of("node-2");
    endAfter(() -> clustered.track(ROOM, "ada", meta(""), () -> true));
    assertThat(store.get(theirs.id())).isEqualTo(Entry.live(theirs.id(), "node-1", theirs.meta()));
  }

  @Test
  void aConnectionThatEndsMeanwhileIsNoTrouble() {
    Entry mine = mine();
    leaving = Set.of("node-1");
    clustered.end(mine, Departure.LOST);
    endAfter(() -> store.remove(mine));
    assertThat(store.get(mine.id())).isNull();
    assertThat(clustered.holdings().ids()).isEmpty();
  }
}
