package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.infinispan.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Rules that hide people, on all nodes of a cluster. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RulesTest extends TwoNodeFixture {
  private static final VisibilityRule HIDDEN = VisibilityRule.hidden("ada");

  RulesTest() {
    super("PT1H");
  }

  private static LocalPeer join(LocalNode node, String user, String... friends) {
    LocalPeer peer = node.connect("2.0.0", Optional.of(user), List.of(friends));
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    return peer;
  }

  @Test
  void aRuleHoldsOnEveryNodeWhenTheCallReturns() throws RulesUnavailable {
    rules(one).make(HIDDEN, VisibilityRules.FOREVER);
    rules(one).make(VisibilityRule.apart("ben", "ada"), VisibilityRules.FOREVER);
    assertThat(rules(two).isHidden("ada")).isTrue();
    assertThat(rules(two).apartFrom("ada")).containsExactly("ben");
    rules(two).lift(HIDDEN);
    rules(two).lift(VisibilityRule.apart("ada", "ben"));
    assertThat(rules(one).isHidden("ada")).isFalse();
    assertThat(rules(one).apartFrom("ben")).isEmpty();
  }

  @Test
  void aNodeThatStartsLaterKnowsTheRulesAndOneThatRestartsStillDoes() throws RulesUnavailable {
    rules(one).make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
    LocalNode three = clusterFixture.start();
    assertThat(rules(three).isBlocked("eve")).isTrue();
    clusterFixture.stop(one);
    clusterFixture.crash(two);
    LocalNode four = clusterFixture.start();
    assertThat(rules(four).isBlocked("eve")).isTrue();
  }

  /** A rule that is lifted at once must not come back by a node that read the table before. */
  @Test
  void ofNodesThatStartTogetherTheSeniorReadsTheTableAndTheOthersWait() {
    Cache<VisibilityRule, Long> cache =
        one.node().caches().manager().getCache(CacheConfigurations.RULES);
    InfinispanRuleStore junior = new InfinispanRuleStore(cache, two.node().caches().members());
    InfinispanRuleStore senior = new InfinispanRuleStore(cache, one.node().caches().members());
    cache.clear();
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(junior::isRestored);
    assertThat(senior.isRestored()).isFalse();
    assertThat(waiting).isNotDone();
    senior.restored();
    assertThat(waiting.join()).isTrue();
  }

  @Test
  void usersOnOtherNodesEndAtOnceWithTheirLingeringEntries() throws RulesUnavailable {
    LocalPeer lost = join(one, "ada");
    join(two, "ada");
    awaitPresent(one, "ada", true);
    awaitPresent(two, "ada", true);
    lost.close(1006);
    rules(two).make(HIDDEN, VisibilityRules.FOREVER);
    awaitPresent(one, "ada", false);
    awaitPresent(two, "ada", false);
  }

  @Test
  void aHiddenUsersEntriesOfACrashedNodeEndAtOnce() throws RulesUnavailable {
    join(one, "ada");
    awaitPresent(two, "ada", true);
    clusterFixture.crash(one);
    awaitPresent(two, "ada", true);
    rules(two).make(HIDDEN, VisibilityRules.FOREVER);
    awaitPresent(two, "ada", false);
  }

  @Test
  void aBlockClosesSocketsOnAllNodes() throws RulesUnavailable {
    LocalPeer here = join(one, "eve");
    LocalPeer there = join(two, "eve");
    rules(one).make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
    assertThat(here.closeCode().code()).isEqualTo(1001);
    assertThat(there.closeCode().code()).isEqualTo(1001);
    awaitPresent(one, "eve", false);
    awaitPresent(two, "eve", false);
  }

  @Test
  void rulesOfEitherHalfStayInForceAfterAMerge() throws RulesUnavailable {
    rules(one).make(HIDDEN, VisibilityRules.FOREVER);
    clusterFixture.split(List.of(List.of(one), List.of(two)));
    rules(one).lift(HIDDEN);
    rules(two).make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
    rules(one).make(VisibilityRule.apart("ben", "cat"), VisibilityRules.FOREVER);
    clusterFixture.merge();
    for (LocalNode node : clusterFixture.running()) {
      Await.until(
          () -> {
            assertThat(rules(node).isHidden("ada")).isTrue();
            assertThat(rules(node).isBlocked("eve")).isTrue();
            assertThat(rules(node).apartFrom("cat")).containsExactly("ben");
          });
    }
  }
}
