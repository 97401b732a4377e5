package org.rollcall.socket;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.MessageRateLimit;
import org.rollcall.concurrent.Budget;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.MalformedFrame;
import org.rollcall.protocol.Message;

/**
 * The input of one client, from the container to the mailbox. Each message, part of a message, ping
 * and pong is a sign of life and is counted. Messages that wait or have not ended are kept within
 * the {@link Budget} of the client's address and the node. A client that exceeds a limit is closed.
 *
 * <p>Messages come in parts, because Undertow 2.3 limits the length of whole texts by nothing, and
 * Tyrus 2.1 that of whole messages by what an annotation says.
 *
 * <p>Called by the container's threads, for one message at a time; no call blocks.
 */
public final class MessageBudget {
  /**
   * A client that has nothing waiting may send so many characters past every budget: heartbeats,
   * joins and updates, so that no other client's messages end its connection.
   */
  private static final int SMALL = 1024;

  private final Socket socket;
  private final Mailbox mailbox;
  private final MessageRateLimit rateLimit;
  private final LongSupplier nanos;
  private final Budget waiting;
  private final UnfinishedMessage unfinishedMessage;
  private final IdleTimer idle;

  MessageBudget(Socket socket, SocketContext context, MessageRateLimit rateLimit, Budget waiting) {
    this.socket = socket;
    this.mailbox = socket.mailbox();
    this.rateLimit = rateLimit;
    this.nanos = context.executors().nanos();
    this.waiting = waiting;
    int longest = context.limits().lengths().frame(socket.user().isPresent());
    this.unfinishedMessage = new UnfinishedMessage(longest, waiting);
    this.idle = new IdleTimer(nanos.getAsLong());
  }

  /** Takes a part of a text message. */
  public void text(String part, boolean last) {
    if (last && unfinishedMessage.isWhole(part.length())) {
      receive(part);
    } else if ((last || part()) && isKept(unfinishedMessage.add(part, nanos.getAsLong())) && last) {
      @Nullable String whole = unfinishedMessage.takeText();
      if (whole != null) {
        receive(whole);
      }
    }
  }

  /** Takes a part of a binary message. */
  public void binary(byte[] part, boolean last) {
    if (last && unfinishedMessage.isWhole(part.length)) {
      receive(part);
    } else if ((last || part()) && isKept(unfinishedMessage.add(part, nanos.getAsLong())) && last) {
      byte @Nullable [] whole = unfinishedMessage.takeBytes();
      if (whole != null) {
        receive(whole);
      }
    }
  }

  private boolean isKept(@Nullable CloseCode refused) {
    if (refused != null) {
      socket.close(refused);
    }
    return refused == null;
  }

  /**
   * Counts a ping, a pong, or a part of a message that has not ended. Returns false if it was one
   * too many; then the connection is closed.
   */
  public boolean part() {
    long now = nanos.getAsLong();
    idle.heard(now);
    if (socket.isEnded() || rateLimit.frame(now)) {
      return true;
    }
    socket.close(CloseCode.FLOOD);
    return false;
  }

  /** Takes a whole text message. */
  void receive(String text) {
    offer(new ReceivedMessage(text.length(), () -> socket.serializer().decode(text)));
  }

  /** Takes a whole binary message. */
  void receive(byte[] bytes) {
    offer(new ReceivedMessage(bytes.length, () -> socket.serializer().decode(bytes)));
  }

  private void offer(ReceivedMessage receivedMessage) {
    if (!part() || socket.isEnded()) {
      return;
    }
    int size = receivedMessage.size();
    boolean within = waiting.take(size);
    int taken = within ? size : 0;
    if (!within && (size > SMALL || !mailbox.isIdle())) {
      socket.close(CloseCode.BUSY);
    } else if (!mailbox.offer(size, () -> handle(receivedMessage, taken))) {
      waiting.give(taken);
      socket.close(CloseCode.FLOOD);
    }
  }

  private void handle(ReceivedMessage receivedMessage, int taken) {
    waiting.give(taken);
    if (socket.isEnded()) {
      return;
    }
    Message message;
    try {
      message = receivedMessage.decoder().decode();
    } catch (MalformedFrame e) {
      socket.malformed(e);
      return;
    }
    socket.route(message, receivedMessage);
  }

  /** Returns the timer of the client's silence. */
  IdleTimer idle() {
    return idle;
  }

  /** Returns whether a message has been coming for so long that its client is too slow. */
  boolean isLate(long now) {
    return unfinishedMessage.isLate(now);
  }

  /** Drops the unfinished message, as the connection has ended. */
  void end() {
    unfinishedMessage.end();
  }
}
