package org.rollcall.social.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.MemoryRules;
import org.rollcall.testing.TestDatabase;

/** Table and store after changes of a rule that meet, with a real PostgreSQL. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RuleWriterTest {
  private static final TestDatabase DATABASE = TestDatabase.start();
  private static final VisibilityRule HIDDEN = VisibilityRule.hidden("ada");

  private final RuleTable table = new RuleTable(DATABASE.dataSource());
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final MemoryRules store = new MemoryRules();
  private final RuleWriter writes = new RuleWriter(store, Optional.of(table));

  @BeforeEach
  void create() throws Exception {
    table.create();
    DATABASE.execute("delete from rollcall_rules");
  }

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  private interface Change {
    void run() throws RulesUnavailable;
  }

  private static Thread start(Change change) {
    Thread thread =
        new Thread(
            () -> {
              try {
                change.run();
              } catch (RulesUnavailable e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  /** Has the next change wait between table and store. */
  private void holdUp() {
    store.beforeWrites(
        rule -> {
          if (rule.equals(HIDDEN) && reached.getCount() > 0) {
            reached.countDown();
            await(open);
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static int kept() {
    return DATABASE.count("select count(*) from rollcall_rules where user_id = 'ada'");
  }

  /** Lets a second change of the same rule begin while the first is between table and store. */
  private void meet(Change first, Change second) throws InterruptedException {
    holdUp();
    Thread one = start(first);
    await(reached);
    Thread two = start(second);
    Await.until(
        () ->
            assertThat(two.getState())
                .isIn(EnumSet.of(Thread.State.BLOCKED, Thread.State.TERMINATED)));
    open.countDown();
    one.join();
    two.join();
  }

  @Test
  void aLiftThatMeetsAMakeComesAfterItInTableAndStore() throws Exception {
    meet(() -> writes.make(HIDDEN, VisibilityRules.FOREVER), () -> writes.lift(HIDDEN));
    assertThat(store.get(HIDDEN)).isNull();
    assertThat(kept()).isZero();
  }

  @Test
  void aMakeThatMeetsALiftComesAfterItInTableAndStore() throws Exception {
    writes.make(HIDDEN, VisibilityRules.FOREVER);
    meet(() -> writes.lift(HIDDEN), () -> writes.make(HIDDEN, 7));
    assertThat(store.get(HIDDEN)).isEqualTo(7);
    assertThat(DATABASE.count("select ends from rollcall_rules where user_id = 'ada'"))
        .isEqualTo(7);
  }

  @Test
  void ofChangesOnTwoNodesTheLastInTheTableIsInForce() throws Exception {
    RuleWriter elsewhere = new RuleWriter(store, Optional.of(table));
    holdUp();
    Thread one = start(() -> writes.make(HIDDEN, VisibilityRules.FOREVER));
    await(reached);
    elsewhere.lift(HIDDEN);
    open.countDown();
    one.join();
    assertThat(kept()).isZero();
    assertThat(store.get(HIDDEN)).isNull();
  }

  @Test
  void ofALiftAndAMakeOnTwoNodesTheLastInTheTableIsInForce() throws Exception {
    RuleWriter elsewhere = new RuleWriter(store, Optional.of(table));
    writes.make(HIDDEN, VisibilityRules.FOREVER);
    holdUp();
    Thread one = start(() -> writes.lift(HIDDEN));
    await(reached);
    elsewhere.make(HIDDEN, 7);
    open.countDown();
    one.join();
    assertThat(kept()).isEqualTo(1);
    assertThat(store.get(HIDDEN)).isEqualTo(7);
  }

  @Test
  void aChangeOfAnotherUsersRuleDoesNotWait() throws Exception {
    holdUp();
    Thread one = start(() -> writes.make(HIDDEN, VisibilityRules.FOREVER));
    await(reached);
    writes.make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
    assertThat(store.get(VisibilityRule.blocked("eve"))).isEqualTo(VisibilityRules.FOREVER);
    open.countDown();
    one.join();
  }

  @Test
  void aRuleThatCannotBeLiftedOnEveryNodeStaysInTheTable() throws Exception {
    writes.make(HIDDEN, VisibilityRules.FOREVER);
    store.beforeWrites(
        rule -> {
          throw new IllegalStateException("expected by the test");
        });
    assertThatThrownBy(() -> writes.lift(HIDDEN)).isInstanceOf(RulesUnavailable.class);
    assertThat(kept()).isEqualTo(1);
  }
}
