package org.rollcall.channel;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;

/**
 * Tells when this node's sockets have carried out what they were told of their users: from then on
 * no client is shown more than its user may see.
 *
 * <p>Safe for many threads; no call blocks. Mailboxes keep the order, so what was told before is
 * done before.
 */
public final class AppliedChanges {
  private final SocketRegistry sockets;

  /** Creates one for the sockets of a node. */
  public AppliedChanges(SocketRegistry sockets) {
    this.sockets = sockets;
  }

  /** Returns what is complete once clients are shown others as the rules have it by now. */
  public CompletableFuture<Void> rules(Collection<String> users) {
    return each(users, (socket, done) -> done.run());
  }

  /** Returns what is complete once clients are shown the friends that the source has by now. */
  public CompletableFuture<Void> friends(Collection<String> users) {
    return each(users, (socket, done) -> socket.question().whenAnswered(done));
  }

  /**
   * Has the channels of users end that still wait for their friends, as if the source had failed:
   * whom they may see is not known, and the client joins again.
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
