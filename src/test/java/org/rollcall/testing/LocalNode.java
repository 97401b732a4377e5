package org.rollcall.testing;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.node.Node;
import org.rollcall.node.NodeSources;
import org.rollcall.protocol.Serializer;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.socket.Socket;

/** A node in this process, with clients whose transport is a queue. */
public final class LocalNode implements AutoCloseable, Peers {
  private final Node node;

  private LocalNode(Node node) {
    this.node = node;
  }

  /** Starts a node whose users' friends stand in their tokens. */
  public static LocalNode start(Map<String, String> settings) {
    FriendProvider token =
        new FriendProvider() {
          @Override
          public Set<String> friends(User user) {
            return user.friends().orElse(Set.of());
          }

          @Override
          public boolean isImmediate() {
            return true;
          }

          @Override
          public boolean standsInTokens() {
            return true;
          }
        };
    return start(settings, token);
  }

  /**
   * Starts a node with any source of friends, which refuses joins at once if not told otherwise.
   */
  public static LocalNode start(Map<String, String> settings, FriendProvider friends) {
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("rollcall.refusal.join", "PT0S");
    Settings read = Settings.read(name -> Optional.ofNullable(all.get(name)));
    return new LocalNode(
        new Node(read, new NodeSources(friends, Optional.empty(), Optional.empty())));
  }

  /** Returns the node. */
  public Node node() {
    return node;
  }

  @Override
  public LocalPeer connect(String vsn, Optional<String> user, List<String> friends) {
    Optional<User> known =
        user.map(
            id ->
                new User(
                    id,
                    Optional.empty(),
                    Set.of(),
                    Optional.of(Set.copyOf(friends)),
                    User.Grant.until(Instant.MAX)));
    return connect(new Socket.Client(known, Serializer.of(Optional.of(vsn)).orElseThrow()));
  }

  /**
   * Connects somebody who has logged in.
   *
   * @param user the user's id; the issuer's name for the user is {@code issuers-} and the id
   * @param session the issuer's name for the log-in, if it has one
   * @param login when it began
   */
  public LocalPeer connect(String user, Optional<String> session, Instant login) {
    Optional<String> subject = Optional.of("issuers-" + user);
    User.Grant grant = new User.Grant(session, subject, Optional.of(login), Instant.MAX);
    User known = new User(user, Optional.empty(), Set.of(), Optional.of(Set.of()), grant);
    return connect(new Socket.Client(Optional.of(known), Serializer.V2));
  }

  private LocalPeer connect(Socket.Client client) {
    LocalPeer peer = new LocalPeer();
    peer.opened(node.sockets().open(client, peer));
    return peer;
  }

  @Override
  public void close() {
    node.close();
  }
}
