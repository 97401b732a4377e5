package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** A node and people whose friendships a test makes and ends. */
final class FriendsFixture implements AutoCloseable, FriendProvider {
  final Map<String, Set<String>> friends = new ConcurrentHashMap<>();
  final LocalNode node;
  volatile boolean failing;

  FriendsFixture(Map<String, String> settings) {
    this.node = LocalNode.start(settings, this);
  }

  @Override
  public Set<String> friends(User user) throws FriendsUnavailable {
    if (failing) {
      throw new FriendsUnavailable("expected by the test", null);
    }
    return friends.getOrDefault(user.id(), Set.of());
  }

  VisibilityRules rules() {
    return node.node().visibility().rules();
  }

  /** Joins a topic and takes the reply, which must be ok. */
  LocalPeer join(String user, String topic) {
    LocalPeer peer = node.connect("2.0.0", Optional.of(user), List.of());
    peer.send("[\"11\",\"1\",\"" + topic + "\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("\"ok\"");
    return peer;
  }

  /** Joins the user's own channel. */
  LocalPeer join(String user) {
    return join(user, "user:" + user);
  }

  /** Takes frames until one is of this event. */
  static Frame next(LocalPeer peer, String event) {
    Frame frame = Frame.of(peer.next());
    while (!frame.event().equals(event)) {
      frame = Frame.of(peer.next());
    }
    return frame;
  }

  /** Takes diffs until this key leaves. */
  static Frame leave(LocalPeer peer, String key) {
    Frame frame = next(peer, "presence_diff");
    while (!frame.leaves().containsKey(key)) {
      frame = next(peer, "presence_diff");
    }
    assertThat(frame.joins()).doesNotContainKey(key);
    return frame;
  }

  /** Takes diffs until this key joins. */
  static Frame arrival(LocalPeer peer, String key) {
    Frame frame = next(peer, "presence_diff");
    while (!frame.joins().containsKey(key)) {
      frame = next(peer, "presence_diff");
    }
    return frame;
  }

  /**
   * Takes diffs until a key has left with one ref and joined with another, and returns the join:
   * the two are on different topics of the server, so either may come first.
   */
  static Frame renewal(LocalPeer peer, String key) {
    @Nullable Frame joined = null;
    boolean left = false;
    while (joined == null || !left) {
      Frame frame = next(peer, "presence_diff");
      left |= frame.leaves().containsKey(key);
      joined = frame.joins().containsKey(key) ? frame : joined;
    }
    return joined;
  }

  /** Sends an event on the user's own channel; see {@link #answered}. */
  static void send(LocalPeer peer, String user, String event, String payload) {
    peer.send("[\"11\",\"8\",\"user:" + user + "\",\"" + event + "\"," + payload + "]");
  }

  /** Takes frames until the event is answered. */
  static Frame answered(LocalPeer peer) {
    Frame frame = next(peer, "phx_reply");
    while (!"8".equals(frame.ref())) {
      frame = next(peer, "phx_reply");
    }
    return frame;
  }

  @Override
  public void close() {
    node.close();
  }
}
