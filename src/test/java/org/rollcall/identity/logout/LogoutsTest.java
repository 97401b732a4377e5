package org.rollcall.identity.logout;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.rollcall.identity.User;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.MemoryLogouts;

/** The log-outs that one node remembers, and writes for the others. */
class LogoutsTest {
  private static final Instant START = Instant.ofEpochSecond(1_000_000);

  private final MemoryLogouts store = new MemoryLogouts();
  private Instant now = START;
  private final Logouts logouts = new Logouts(store, () -> now, Runnable::run);
  private final List<Logout> heard = new ArrayList<>();

  LogoutsTest() {
    logouts.listen(heard::add);
  }

  private static Logout of(String user, Instant at) {
    return new Logout(
        Optional.empty(), Optional.of(user), Optional.empty(), at, user + " at " + at);
  }

  private static User user(String id, Instant login) {
    User.Grant grant =
        new User.Grant(Optional.empty(), Optional.empty(), Optional.of(login), Instant.MAX);
    return new User(id, Optional.empty(), Set.of(), Optional.empty(), grant);
  }

  private boolean hasEnded(String id) {
    return logouts.hasEnded(user(id, START.minusSeconds(3600)));
  }

  @Test
  void aLogOutIsHeardOnceHoweverOftenItIsToldOrWritten() {
    Logout logout = of("ada", START);
    assertThat(logouts.tell(logout)).isCompletedWithValue(true);
    assertThat(logouts.tell(logout)).isCompletedWithValue(true);
    logouts.check(true);
    assertThat(heard).containsExactly(logout);
    assertThat(hasEnded("ada")).isTrue();
  }

  @Test
  void aNodeThatStartsKnowsWhatTheStoreHolds() {
    Logout logout = of("ada", START);
    store.transfer(logout);
    Logouts later = new Logouts(store, () -> now, Runnable::run);
    assertThat(later.hasEnded(user("ada", START))).isTrue();
    assertThat(later.hasEnded(user("ada", START.plusMillis(1)))).isFalse();
  }

  @Test
  void aLogOutOfAStateTransferIsFoundAtTheNextLook() {
    Logout logout = of("ada", START);
    store.transfer(logout);
    assertThat(hasEnded("ada")).isFalse();
    logouts.check(false);
    assertThat(heard).containsExactly(logout);
    assertThat(hasEnded("ada")).isTrue();
  }

  @Test
  void aLogOutThatMissedANodeIsInForceHereAndWrittenAgain() {
    Logout logout = of("ada", START);
    store.cut(true);
    assertThat(logouts.tell(logout)).isCompletedWithValue(false);
    assertThat(hasEnded("ada")).isTrue();
    assertThat(logouts.isSettled(logout.id())).isFalse();
    logouts.check(false);
    assertThat(store.all()).isEmpty();
    store.cut(false);
    logouts.check(false);
    assertThat(store.all()).containsExactly(logout);
    assertThat(logouts.tell(logout)).isCompletedWithValue(true);
    assertThat(logouts.isSettled(logout.id())).isTrue();
    assertThat(heard).containsExactly(logout);
  }

  @Test
  void afterAChangeOfTheViewEveryCopyIsBroughtWhatThisNodeKnows() {
    Logout logout = of("ada", START);
    logouts.tell(logout);
    store.drop(logout);
    logouts.check(false);
    assertThat(store.all()).isEmpty();
    logouts.check(true);
    assertThat(store.all()).containsExactly(logout);
  }

  @Test
  void theLatestOfAUserCountsInWhateverOrderTheyCome() {
    logouts.tell(of("ada", START.plusSeconds(5)));
    logouts.tell(of("ada", START));
    assertThat(logouts.hasEnded(user("ada", START.plusSeconds(5)))).isTrue();
    assertThat(logouts.hasEnded(user("ada", START.plusSeconds(6)))).isFalse();
  }

  @Test
  void aLogOutIsForgottenAfterADayAndDoesNotComeBack() {
    Logout logout = of("ada", START);
    logouts.tell(logout);
    now = START.plus(Duration.ofDays(1)).minusSeconds(1);
    logouts.tell(of("ben", now));
    assertThat(hasEnded("ada")).isTrue();
    now = now.plusSeconds(2);
    logouts.tell(of("cat", now));
    assertThat(hasEnded("ada")).isFalse();
    assertThat(store.all()).contains(logout);
    logouts.check(true);
    assertThat(store.all()).hasSize(2).doesNotContain(logout);
    assertThat(heard).hasSize(3);
  }

  @Test
  void aNodeThatDoesNotAnswerHoldsOneThreadHoweverManyUsersLogOut() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    store.before(
        () -> {
          asked.countDown();
          awaitQuietly(answer);
        });
    ThreadPoolExecutor workers = new ThreadPoolExecutor(8, 8, 0, SECONDS, new SynchronousQueue<>());
    try {
      Logouts waiting = new Logouts(store, () -> now, workers);
      List<CompletableFuture<Boolean>> told = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        told.add(waiting.tell(of("user-" + i, START)).toCompletableFuture());
        // The others come while the node waits for the answer to the first.
        assertThat(asked.await(10, SECONDS)).isTrue();
      }
      assertThat(waiting.hasEnded(user("user-999", START))).isTrue();
      assertThat(told).noneMatch(CompletableFuture::isDone);
      assertThat(workers.getActiveCount()).isEqualTo(1);
      answer.countDown();
      for (CompletableFuture<Boolean> each : told) {
        assertThat(each.get(10, SECONDS)).isTrue();
      }
      assertThat(store.all()).hasSize(1_000);
      // The first alone, and those that came meanwhile in two.
      assertThat(store.writes()).isEqualTo(3);
    } finally {
      answer.countDown();
      workers.shutdownNow();
    }
  }

  private static void awaitQuietly(CountDownLatch answer) {
    try {
      answer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLogOutThatComesAfterTooManyIsInForceHereAndToldLater() {
    ManualExecutor workers = new ManualExecutor();
    Logouts waiting = new Logouts(store, () -> now, workers);
    for (int i = 0; i < 10_000; i++) {
      assertThat(waiting.tell(of("user-" + i, START))).isNotDone();
    }
    Logout last = of("ada", START);
    assertThat(waiting.tell(last)).isCompletedWithValue(false);
    assertThat(waiting.tell(of("user-7", START))).isNotDone();
    assertThat(waiting.hasEnded(user("ada", START))).isTrue();
    waiting.check(false);
    assertThat(store.all()).contains(last);
    CompletionStage<Boolean> one = waiting.tell(of("user-7", START));
    workers.runAll();
    assertThat(one).isCompletedWithValue(true);
  }

  @Test
  void aLogOutIsNotToldWhereTheNodeEnds() {
    Logouts ending =
        new Logouts(
            store,
            () -> now,
            task -> {
              throw new RejectedExecutionException();
            });
    assertThat(ending.tell(of("ada", START))).isCompletedWithValue(false);
    assertThat(ending.tell(of("ada", START))).isCompletedWithValue(false);
    ending.check(false);
    assertThat(store.all()).containsExactly(of("ada", START));
  }

  @Test
  void theLatestFiftyThousandAreRememberedInWhateverOrderTheyCome() {
    Logout eldest = of("user", START.minusSeconds(1));
    List<Logout> many = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      many.add(of("user-" + i, START.plusMillis(i)));
    }
    store.put(many, Logouts.LIFE);
    logouts.tell(eldest);
    assertThat(hasEnded("user")).isFalse();
    assertThat(hasEnded("user-0")).isTrue();
    logouts.tell(of("one-more", START.plusSeconds(60)));
    assertThat(hasEnded("one-more")).isTrue();
    assertThat(hasEnded("user-0")).isFalse();
    assertThat(hasEnded("user-1")).isTrue();
    logouts.check(false);
    assertThat(store.all()).hasSize(50_000).doesNotContain(eldest);
  }
}
