package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.Watcher;

/**
 * The lingering entries of a user who must not be seen any more, while their node stops or dies.
 */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LingeringTest extends TwoNodeFixture {
  LingeringTest() {
    super("PT1H");
  }

  /** A cause that ends a user's presence. */
  private enum End {
    HIDE,
    BLOCK,
    LOG_OUT;

    /** Carries it out by a node, which may reach no node before the view changes. */
    void by(LocalNode node, String user) {
      try {
        switch (this) {
          case HIDE -> rules(node).make(VisibilityRule.hidden(user), VisibilityRules.FOREVER);
          case BLOCK -> rules(node).make(VisibilityRule.blocked(user), VisibilityRules.FOREVER);
          case LOG_OUT -> {
            String id = UUID.randomUUID().toString();
            Logout logout =
                new Logout(
                    Optional.empty(), Optional.of(user), Optional.empty(), Instant.now(), id);
            // False if a node does not answer; it may be the one that is dead.
            boolean told = node.node().tokens().logouts().tell(logout).toCompletableFuture().join();
            assertThat(told || node.node().caches().members().up().size() > 1).isTrue();
          }
        }
      } catch (RulesUnavailable e) {
        assertThat(node.node().caches().members().up()).hasSizeGreaterThan(1);
      }
    }

    boolean isInForce(LocalNode node, String user) {
      return switch (this) {
        case HIDE -> rules(node).isHidden(user);
        case BLOCK -> rules(node).isBlocked(user);
        case LOG_OUT -> true;
      };
    }
  }

  private static LocalPeer join(LocalNode node, String user) {
    LocalPeer peer = node.connect("2.0.0", Optional.of(user), List.of());
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("ok");
    assertThat(peer.drain()).isNotNull();
    return peer;
  }

  private static void awaitMetas(LocalNode node, Topic topic, String user, int metas) {
    Await.until(
        () ->
            assertThat(node.node().tracker().list(topic).metas().getOrDefault(user, List.of()))
                .hasSize(metas));
  }

  private static void awaitMetas(LocalNode node, String user, int metas) {
    awaitMetas(node, Topic.ofUser(user), user, metas);
  }

  /** Has a node say that it will go, and lose these connections. */
  private void leave(LocalNode node, LocalPeer... peers) {
    node.node().caches().announce(false);
    for (LocalPeer peer : peers) {
      peer.close(1006);
    }
    Await.until(
        () -> {
          List<PresenceEntry> own = new ArrayList<>();
          node.node().tracker().replica().forEachOwn(own::add);
          assertThat(own).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void onlyThisUsersEntriesOfAStoppingNodeEndAtOnce(End end) {
    leave(one, join(one, "ada"), join(one, "ben"));
    awaitMetas(two, "ada", 1);
    end.by(two, "ada");
    awaitMetas(two, "ada", 0);
    awaitMetas(one, "ada", 0);
    awaitMetas(two, "ben", 1);
    assertThat(two.node().caches().members().up()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void onlyThisUsersEntriesOfADeadNodeEndOnceItIsDetected(End end) {
    join(one, "ada");
    join(one, "ben");
    awaitMetas(two, "ada", 1);
    awaitMetas(two, "ben", 1);
    clusterFixture.hang(one);
    end.by(two, "ada");
    clusterFixture.findOut(one);
    if (!end.isInForce(two, "ada")) {
      // The node that hung had to decide about the write. It failed, so the caller repeats it.
      end.by(two, "ada");
    }
    awaitMetas(two, "ada", 0);
    awaitMetas(two, "ben", 1);
  }

  @Test
  void theEntriesOfAStoppedNodeEndAtOnce() throws Exception {
    join(one, "ada");
    awaitMetas(two, "ada", 1);
    clusterFixture.stop(one);
    awaitMetas(two, "ada", 1);
    rules(two).make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
    awaitMetas(two, "ada", 0);
  }

  @Test
  void anInvisibleUsersLingeringEntryStaysForThatUser() throws Exception {
    rules(two).make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
    Topic veiled = Topic.ofUser("ada").veiled("ada");
    join(one, "ada");
    join(one, "eve");
    LocalPeer there = join(two, "ada");
    awaitMetas(two, veiled, "ada", 2);
    awaitMetas(two, "eve", 1);
    clusterFixture.crash(one);
    rules(two).make(VisibilityRule.hidden("eve"), VisibilityRules.FOREVER);
    awaitMetas(two, "eve", 0);
    assertThat(two.node().tracker().list(veiled).metas().get("ada")).hasSize(2);
    assertThat(there.isClosed()).isFalse();
  }

  @Test
  void aHiddenUserIsNotSeenWhenANodeIsBackThatMissedTheRule() throws Exception {
    join(one, "ada");
    awaitMetas(two, "ada", 1);
    try (Watcher friend = new Watcher(two.node().tracker(), Topic.ofUser("ada"))) {
      clusterFixture.split(List.of(List.of(one), List.of(two)));
      rules(two).make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
      awaitMetas(two, "ada", 0);
      clusterFixture.merge();
      awaitMetas(two, Topic.ofUser("ada").veiled("ada"), "ada", 1);
      awaitMetas(one, "ada", 0);
      assertThat(friend.changes()).hasSize(1);
    }
  }
}
