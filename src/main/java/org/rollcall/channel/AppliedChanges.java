package org.rollcall.channel;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;

/**
 * Reports when this node's sockets have applied a change of rules or friends: from then on no
 * client is shown more than its user may see.
 *
 * <p>Safe for many threads; no call blocks. Mailboxes keep the order, so changes that were sent
 * before are applied before.
 */
public final class AppliedChanges {
  private final SocketRegistry sockets;

  /** Creates one for the sockets of a node. */
  public AppliedChanges(SocketRegistry sockets) {
    this.sockets = sockets;
  }

  /** Returns a future that completes once clients are shown others by the rules of now. */
  public CompletableFuture<Void> rules(Collection<String> users) {
    return each(users, (socket, done) -> done.run());
  }

  /** Returns a future that completes once clients are shown the friends that the source has now. */
  public CompletableFuture<Void> friends(Collection<String> users) {
    return each(users, (socket, done) -> socket.question().whenAnswered(done));
  }

  /**
   * Ends the channels of users that still wait for their friends, as if the source had failed. It
   * is not known whom the users may see, and their clients join again.
   */
  public void giveUp(Collection<String> users) {
    CompletableFuture<Void> unused =
        each(
            users,
            (socket, done) -> {
              if (socket.question().isAsked()) {
                socket.question().answer(Optional.empty());
              }
              done.run();
            });
  }

  private CompletableFuture<Void> each(
      Collection<String> users, BiConsumer<Socket, Runnable> inMailbox) {
    return CompletableFuture.allOf(
        users.stream()
            .flatMap(user -> sockets.of(user).stream())
            .map(
                socket -> {
                  CompletableFuture<Void> done = new CompletableFuture<>();
                  socket
                      .mailbox()
                      .execute(() -> inMailbox.accept(socket, () -> done.complete(null)));
                  return done;
                })
            .toArray(CompletableFuture[]::new));
  }
}
