package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.infinispan.AdvancedCache;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.NodeReport;
import org.rollcall.identity.logout.Logout;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;

/** Rules and log-outs of which two nodes have different replicas. Node one is the senior. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class UnownedReplicaTest extends TwoNodeFixture {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  UnownedReplicaTest() {
    super("PT1H");
  }

  private static AdvancedCache<VisibilityRule, Long> copy(LocalNode node) {
    Cache<VisibilityRule, Long> whole =
        node.node().caches().manager().getCache(CacheConfigurations.RULES);
    return whole.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
  }

  private static List<String> digests(LocalNode node) {
    return node.node().messenger().reports().toCompletableFuture().join().stream()
        .map(NodeReport::digest)
        .distinct()
        .toList();
  }

  private static Logout logout(String user) {
    return new Logout(
        Optional.empty(), Optional.of(user), Optional.empty(), Instant.now(), "of " + user);
  }

  private void assertTold() {
    assertThat(digests(two)).as("the digests of both nodes").hasSize(2);
  }

  private void awaitAlike() {
    Await.until(LIMIT, () -> assertThat(digests(two)).hasSize(1));
  }

  private long repairs() {
    return one.node().repairs() + two.node().repairs();
  }

  @Test
  void aRuleOfOneCopyAloneShowsInTheDigestAndIsInForceOnAllNodesAgain() throws RulesUnavailable {
    rules(one).make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
    rules(one).make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
    rules(two).make(VisibilityRule.apart("ben", "cat"), VisibilityRules.FOREVER);
    awaitAlike();
    copy(two).remove(VisibilityRule.hidden("ada"));
    assertTold();
    copy(one).remove(VisibilityRule.blocked("eve"));
    // As a merge may lose it: nobody is told of that.
    copy(two).withFlags(Flag.SKIP_LISTENER_NOTIFICATION).remove(VisibilityRule.apart("ben", "cat"));
    assertThat(rules(two).isHidden("ada")).isFalse();
    assertThat(rules(one).isBlocked("eve")).isFalse();
    awaitAlike();
    for (LocalNode node : clusterFixture.running()) {
      assertThat(rules(node).isHidden("ada")).isTrue();
      assertThat(rules(node).isBlocked("eve")).isTrue();
      assertThat(rules(node).apartFrom("ben")).containsExactly("cat");
      assertThat(copy(node)).containsKey(VisibilityRule.apart("ben", "cat"));
    }
    assertThat(repairs()).isEqualTo(3);
  }

  @Test
  void ofTwoEndsThoseOfTheSeniorStayAndARuleThatWasLiftedStaysLifted() throws RulesUnavailable {
    for (int i = 0; i < 8; i++) {
      // So many that each node decides about some.
      rules(two).make(VisibilityRule.hidden("u" + i), VisibilityRules.FOREVER);
      copy(two).put(VisibilityRule.hidden("u" + i), VisibilityRules.FOREVER - 1);
    }
    rules(one).make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
    rules(two).lift(VisibilityRule.blocked("eve"));
    assertTold();
    awaitAlike();
    for (LocalNode node : clusterFixture.running()) {
      for (int i = 0; i < 8; i++) {
        assertThat(rules(node).hiddenUntil("u" + i)).contains(VisibilityRules.FOREVER);
      }
      assertThat(rules(node).isBlocked("eve")).isFalse();
    }
    assertThat(repairs()).isEqualTo(8);
  }

  @Test
  void aLogOutOfOneCopyAloneShowsInTheDigestAndIsInBothAgain() {
    one.node().tokens().logouts().tell(logout("ada")).toCompletableFuture().join();
    one.node().tokens().logouts().tell(logout("ben")).toCompletableFuture().join();
    awaitAlike();
    one.node().caches().logouts().drop(logout("ada"));
    assertTold();
    two.node().caches().logouts().drop(logout("ben"));
    awaitAlike();
    for (LocalNode node : clusterFixture.running()) {
      assertThat(node.node().caches().manager().getCache(CacheConfigurations.LOGOUTS)).hasSize(2);
    }
    assertThat(repairs()).isEqualTo(2);
  }
}
