package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.ManualExecutor;

/** This node, "here", looks at what it has of the node "there". */
class ReconcilerTest {
  private record Thing(String id, String value) {}

  /** Both copies, and what the owner was asked to write. */
  private static final class TwoCopies implements Replica<Thing> {
    private final boolean owner;
    private final Map<String, String> things = new HashMap<>();
    private final Set<String> loose = new HashSet<>();
    private final List<Thing> written = new ArrayList<>();

    TwoCopies(boolean owner) {
      this.owner = owner;
    }

    private List<Thing> all() {
      return things.entrySet().stream()
          .map(thing -> new Thing(thing.getKey(), thing.getValue()))
          .toList();
    }

    @Override
    public void forEachOwn(Consumer<Thing> visitor) {
      if (owner) {
        all().forEach(visitor);
      }
    }

    @Override
    public void forEach(BiConsumer<String, Thing> visitor) {
      if (!owner) {
        all().forEach(thing -> visitor.accept("there", thing));
      }
    }

    @Override
    public long id(Thing thing) {
      return Digest.hash(thing.id);
    }

    @Override
    public long value(Thing thing) {
      return Digest.hash(thing.value);
    }

    @Override
    public boolean isFirm(Thing thing) {
      return !loose.contains(thing.id);
    }

    @Override
    public void write(Thing thing) {
      written.add(thing);
    }

    @Override
    public boolean settle(Thing thing) {
      return things.remove(thing.id, thing.value);
    }
  }

  private final ManualExecutor executor = new ManualExecutor();
  private final TwoCopies theirs = new TwoCopies(true);
  private final TwoCopies ours = new TwoCopies(false);
  private List<String> up = List.of("there", "here");
  private boolean answers = true;
  private int asked;
  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private final Reconciler<Thing> owner = reconciler("there", theirs);
  private final Reconciler<Thing> here = reconciler("here", ours);

  private Reconciler<Thing> reconciler(String self, TwoCopies copy) {
    Membership members =
        new Membership() {
          @Override
          public MemberTable table() {
            return new MemberTable();
          }

          @Override
          public String self() {
            return self;
          }

          @Override
          public List<String> up() {
            return up;
          }

          @Override
          public void listen(Runnable changed) {
            // The view is settled.
          }
        };
    OwnerClient owners =
        new OwnerClient() {
          @Override
          public CompletionStage<long[]> ask(String node, long[] sums) {
            asked++;
            return answers
                ? CompletableFuture.completedFuture(owner.answer(sums))
                : CompletableFuture.failedFuture(new IllegalStateException("gone"));
          }

          @Override
          public void writeAgain(String node, long[] ids) {
            owner.writeAgain(ids);
          }
        };
    WorkerThreads tools = new WorkerThreads(executor, executor, (task, delay) -> {}, () -> now);
    return new Reconciler<>(copy, members, owners, tools, new AuditSchedule(tools.clock()));
  }

  private void look() {
    now = now.plusSeconds(1);
    here.tick();
    executor.runAll();
  }

  private void both(String id, String value) {
    theirs.things.put(id, value);
    ours.things.put(id, value);
  }

  @Test
  void copiesThatAgreeAreLeftAloneAndLookedAtEveryFiveSeconds() {
    both("a", "1");
    for (int i = 0; i < 10; i++) {
      look();
    }
    assertThat(asked).isEqualTo(2);
    assertThat(theirs.written).isEmpty();
    assertThat(here.repairs() + owner.repairs()).isZero();
  }

  @Test
  void whatTheOwnerDoesNotStandForIsDroppedAtTheThirdLook() {
    both("a", "1");
    ours.things.put("ghost", "1");
    look();
    look();
    assertThat(ours.things).containsKey("ghost");
    look();
    assertThat(ours.things).containsOnlyKeys("a");
    assertThat(here.repairs()).isEqualTo(1);
  }

  @Test
  void aWriteOnItsWayIsNotADifference() {
    ours.things.put("new", "1");
    look();
    theirs.things.put("new", "1");
    ours.things.put("newer", "1");
    look();
    theirs.things.put("newer", "1");
    look();
    assertThat(ours.things).containsOnlyKeys("new", "newer");
    assertThat(here.repairs()).isZero();
  }

  @Test
  void aThingThatChangesAgainAndAgainIsNotDropped() {
    for (int i = 0; i < 5; i++) {
      ours.things.put("busy", "v" + i);
      look();
    }
    assertThat(ours.things).containsEntry("busy", "v4");
  }

  @Test
  void whatIsAlwaysALittleBehindIsNotWrittenAgain() {
    for (int i = 0; i < 5; i++) {
      theirs.things.put("busy", "v" + (i + 1));
      ours.things.put("busy", "v" + i);
      look();
    }
    assertThat(theirs.written).isEmpty();
  }

  @Test
  void whatIsMissingOrOldTheOwnerWritesAgain() {
    both("a", "1");
    both("b", "1");
    ours.things.put("a", "0");
    ours.things.remove("b");
    look();
    look();
    assertThat(theirs.written).isEmpty();
    look();
    assertThat(theirs.written).containsExactlyInAnyOrder(new Thing("a", "1"), new Thing("b", "1"));
    assertThat(owner.repairs()).isEqualTo(2);
  }

  @Test
  void whatOthersMayHaveTakenOverIsNotWrittenAgain() {
    both("a", "1");
    theirs.loose.add("a");
    ours.things.clear();
    for (int i = 0; i < 5; i++) {
      look();
    }
    assertThat(theirs.written).isEmpty();
  }

  @Test
  void anOwnerThatDoesNotAnswerLosesNothingAndIsAskedAgain() {
    ours.things.put("a", "1");
    answers = false;
    look();
    now = now.plusSeconds(5);
    look();
    assertThat(ours.things).containsKey("a");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void aNodeThatIsNotUpIsNotAsked() {
    ours.things.put("a", "1");
    up = List.of("here");
    look();
    assertThat(asked).isZero();
  }

  @Test
  void sumsOfAnotherLengthAreRefused() {
    assertThatThrownBy(() -> owner.answer(new long[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 256 sums, but got 7");
  }
}
