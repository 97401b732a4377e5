package org.rollcall.node;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rollcall.channel.AppliedChanges;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.social.Visibility;
import org.rollcall.socket.SocketRegistry;

/**
 * Carries out on this node the orders that administrators give on any node. When a node answers,
 * its clients get nothing more that the order forbids.
 *
 * <p>Called on threads that may wait, and wait at most three seconds, less than a node waits for
 * another's answer.
 */
final class ClusterOrders {
  private static final long PATIENCE_SECONDS = 3;

  private final Evictions evictions;
  private final SocketRegistry sockets;
  private final Visibility visibility;
  private final AppliedChanges applied;

  private ClusterOrders(Evictions evictions, SocketRegistry sockets, Visibility visibility) {
    this.evictions = evictions;
    this.sockets = sockets;
    this.visibility = visibility;
    this.applied = new AppliedChanges(sockets);
  }

  /** Carries out orders from now on. */
  static void hear(
      ClusterMessenger messenger,
      Evictions evictions,
      SocketRegistry sockets,
      Visibility visibility) {
    ClusterOrders orders = new ClusterOrders(evictions, sockets, visibility);
    messenger.hear(ClusterMessenger.DISCONNECT, evictions::disconnect);
    messenger.hear(ClusterMessenger.FRIENDS, orders::askAgain);
    messenger.hear(ClusterMessenger.FRIENDS_OF, orders::friendsChanged);
    messenger.hear(ClusterMessenger.RULES, users -> orders.rulesChanged(users.lines().toList()));
  }

  private void askAgain(String users) {
    visibility.friendsChanged();
    sockets.friendsChanged(users.lines().toList());
  }

  private void friendsChanged(String user) {
    Set<String> one = Set.of(user);
    visibility.friendsChanged();
    sockets.friendsChanged(one);
    try {
      await(applied.friends(one));
    } catch (IllegalStateException late) {
      applied.giveUp(one);
      throw late;
    }
  }

  /**
   * Applies rules. The rules themselves have arrived before, because the write of a rule waits for
   * every node.
   */
  private void rulesChanged(Collection<String> users) {
    evictions.tellSockets(List.copyOf(users));
    await(CompletableFuture.allOf(evictions.conceal(users), applied.rules(users)));
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Not every socket has carried the order out yet", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("This node ends", e);
    }
  }
}
