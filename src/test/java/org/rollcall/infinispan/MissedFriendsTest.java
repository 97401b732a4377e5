package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Friendships that end and begin while a node gets no messages. */
@Tag("long")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MissedFriendsTest {
  private final Map<String, Set<String>> friends = new ConcurrentHashMap<>();
  private final ClusterFixture clusterFixture =
      new ClusterFixture(
          Map.of("rollcall.grace", "PT1H"),
          settings -> LocalNode.start(settings, user -> friends.getOrDefault(user.id(), Set.of())));
  private final LocalNode one = clusterFixture.start();
  private final LocalNode two = clusterFixture.start();
  private LocalPeer ben = new LocalPeer();

  @BeforeEach
  void connect() {
    friends.put("ben", Set.of("ada"));
    join("ada");
    join("cat");
    ben = join("ben");
  }

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  private LocalPeer join(String user) {
    LocalPeer peer = two.connect("2.0.0", Optional.of(user), List.of());
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("\"ok\"");
    Frame frame = Frame.of(peer.next());
    while (!frame.event().equals("presence_diff")) {
      frame = Frame.of(peer.next());
    }
    assertThat(frame.joins()).containsKey(user);
    return peer;
  }

  /** Ends one friendship and begins another, of which only the first node hears. */
  private void change() {
    friends.put("ben", Set.of("cat"));
    one.node().messenger().tell(ClusterMessenger.FRIENDS, "ben").toCompletableFuture().join();
    assertThat(ben.drain()).isEmpty();
  }

  private void assertBenKnows() {
    Frame first = Frame.of(ben.next());
    Frame second = Frame.of(ben.next());
    assertThat(List.of(first, second))
        .anySatisfy(frame -> assertThat(frame.leaves()).containsOnlyKeys("ada"))
        .anySatisfy(frame -> assertThat(frame.joins()).containsOnlyKeys("cat"));
  }

  @Test
  void aNodeThatWasCutOffAsksAgainWhenItIsBack() {
    clusterFixture.split(List.of(List.of(one), List.of(two)));
    change();
    clusterFixture.merge();
    assertBenKnows();
  }

  @Test
  void aNodeThatHungAsksAgainWhenItIsBack() {
    clusterFixture.hang(two);
    clusterFixture.miss(two);
    change();
    clusterFixture.merge();
    assertBenKnows();
  }
}
