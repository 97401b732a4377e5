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
import org.rollcall.testing.LoggedTroubles;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.ManualMembership;

/** This node, "here", compares its entries of the node "there" with that node. */
class ReconcilerTest {
  private record Item(String id, String value) {}

  /** Both replicas, and the items that the owner was asked to write. */
  private static final class TwoReplicas implements Replica<Item> {
    private final boolean owner;
    private final Map<String, String> items = new HashMap<>();
    private final Set<String> loose = new HashSet<>();
    private final List<Item> written = new ArrayList<>();

    TwoReplicas(boolean owner) {
      this.owner = owner;
    }

    private List<Item> all() {
      return items.entrySet().stream()
          .map(item -> new Item(item.getKey(), item.getValue()))
          .toList();
    }

    @Override
    public void forEachOwn(Consumer<Item> visitor) {
      if (owner) {
        all().forEach(visitor);
      }
    }

    @Override
    public void forEach(BiConsumer<String, Item> visitor) {
      if (!owner) {
        all().forEach(item -> visitor.accept("there", item));
      }
    }

    @Override
    public long id(Item item) {
      return Digest.hash(item.id);
    }

    @Override
    public long value(Item item) {
      return Digest.hash(item.value);
    }

    @Override
    public boolean isFirm(Item item) {
      return !loose.contains(item.id);
    }

    @Override
    public void write(Item item) {
      written.add(item);
    }

    @Override
    public boolean settle(Item item) {
      return items.remove(item.id, item.value);
    }
  }

  private final ManualExecutor executor = new ManualExecutor();
  private final TwoReplicas theirs = new TwoReplicas(true);
  private final TwoReplicas ours = new TwoReplicas(false);
  private final ManualMembership hereMembers = new ManualMembership("here", "there");
  private boolean answers = true;
  private int asked;
  private Instant now = Instant.ofEpochSecond(1_700_000_000);
  private final Reconciler<Item> owner = reconciler(new ManualMembership("there", "here"), theirs);
  private final Reconciler<Item> here = reconciler(hereMembers, ours);

  private Reconciler<Item> reconciler(Membership members, TwoReplicas copy) {
    OwnerClient owners =
        new OwnerClient() {
          @Override
          public CompletionStage<long[]> ask(String node, long[] sums) {
            asked++;
            if (node.startsWith("odd")) {
              return CompletableFuture.completedFuture(new long[] {300});
            }
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
    theirs.items.put(id, value);
    ours.items.put(id, value);
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
  void anEntryThatTheOwnerLacksIsDroppedAtTheThirdLook() {
    both("a", "1");
    ours.items.put("ghost", "1");
    look();
    look();
    assertThat(ours.items).containsKey("ghost");
    look();
    assertThat(ours.items).containsOnlyKeys("a");
    assertThat(here.repairs()).isEqualTo(1);
  }

  @Test
  void aWriteOnItsWayIsNotADifference() {
    ours.items.put("new", "1");
    look();
    theirs.items.put("new", "1");
    ours.items.put("newer", "1");
    look();
    theirs.items.put("newer", "1");
    look();
    assertThat(ours.items).containsOnlyKeys("new", "newer");
    assertThat(here.repairs()).isZero();
  }

  @Test
  void anEntryThatChangesAgainAndAgainIsNotDropped() {
    for (int i = 0; i < 5; i++) {
      ours.items.put("busy", "v" + i);
      look();
    }
    assertThat(ours.items).containsEntry("busy", "v4");
  }

  @Test
  void anEntryThatIsAlwaysALittleBehindIsNotWrittenAgain() {
    for (int i = 0; i < 5; i++) {
      theirs.items.put("busy", "v" + (i + 1));
      ours.items.put("busy", "v" + i);
      look();
    }
    assertThat(theirs.written).isEmpty();
  }

  @Test
  void theOwnerWritesMissingAndOldEntriesAgain() {
    both("a", "1");
    both("b", "1");
    ours.items.put("a", "0");
    ours.items.remove("b");
    look();
    look();
    assertThat(theirs.written).isEmpty();
    look();
    assertThat(theirs.written).containsExactlyInAnyOrder(new Item("a", "1"), new Item("b", "1"));
    assertThat(owner.repairs()).isEqualTo(2);
  }

  @Test
  void anEntryThatOthersMayHaveTakenOverIsNotWrittenAgain() {
    both("a", "1");
    theirs.loose.add("a");
    ours.items.clear();
    for (int i = 0; i < 5; i++) {
      look();
    }
    assertThat(theirs.written).isEmpty();
  }

  @Test
  void anOwnerThatDoesNotAnswerLosesNothingAndIsAskedAgain() {
    ours.items.put("a", "1");
    answers = false;
    look();
    now = now.plusSeconds(5);
    look();
    assertThat(ours.items).containsKey("a");
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void malformedAnswersAreRefusedWithOneLogLineAndNoOtherAnswerIsLost() {
    hereMembers.setUp("odd-1", "odd-2", "odd-3", "here", "there", "odd-4", "odd-5");
    ours.items.put("a", "1");
    try (LoggedTroubles log = new LoggedTroubles()) {
      for (int i = 0; i < 4; i++) {
        look();
      }
      assertThat(log.all()).hasSize(1);
    }
    assertThat(ours.items).isEmpty();
  }

  @Test
  void aNodeThatIsNotUpIsNotAsked() {
    ours.items.put("a", "1");
    hereMembers.setUp("here");
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
