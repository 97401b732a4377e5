package org.rollcall.socket;

import java.time.Duration;
import java.util.function.Consumer;
import org.rollcall.concurrent.Scheduler;
import org.rollcall.protocol.CloseCode;

/**
 * Closes a socket whose outbox can send no more.
 *
 * @param mailbox the socket's
 * @param close closes the socket
 * @param scheduler wakes it
 */
record OutboxEnd(Mailbox mailbox, Consumer<CloseCode> close, Scheduler scheduler)
    implements OutboxListener {
  /** How long the container may take to report a connection that takes no more frames. */
  private static final Duration UNTOLD = Duration.ofSeconds(1);

  @Override
  public void slow() {
    close.accept(CloseCode.SLOW);
  }

  @Override
  public void lost() {
    // A client that says good-bye takes no more frames: the container is about to tell how it
    // went. Payara does not tell of a connection that is lost within milliseconds of its
    // handshake.
    scheduler.run(() -> mailbox.execute(() -> close.accept(CloseCode.IDLE)), UNTOLD);
  }
}
