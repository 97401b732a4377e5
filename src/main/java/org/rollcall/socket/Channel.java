package org.rollcall.socket;

import java.lang.System.Logger.Level;
import java.security.Principal;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.User;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Liveness;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Push;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Reply;

/**
 * One topic on one socket, from a join to its end. It keeps the order that clients rely on.
 *
 * <p>Nothing is pushed on a topic before its join reply. A join that replaces an earlier one of the
 * same topic is answered first, and the earlier one closed after. Version 1 cannot tell the two
 * apart: there the earlier one is not closed, or its client would take that for the end of the
 * later one.
 *
 * <p>Called by one worker at a time, but for {@link #isOpen} and {@link #login}.
 */
public final class Channel implements Liveness {
  private enum State {
    JOINING,
    JOINED,
    ENDED
  }

  private final Socket socket;
  private Message request;
  private final ChannelHandler handler;
  private @Nullable Channel replaced;
  private volatile State state = State.JOINING;

  Channel(Socket socket, Message request, ChannelHandler handler) {
    this.socket = socket;
    // The client's message is not kept for as long as the channel lives.
    this.request = request.withoutPayload();
    this.handler = handler;
  }

  /** Begins the join, in place of an earlier one if there is any. */
  void join(Message message, @Nullable Channel earlier) {
    if (earlier != null) {
      earlier.stop(LeaveReason.LEFT);
      if (socket.tellsJoinsApart()) {
        replaced = earlier;
      }
    }
    guard(() -> begin(message));
  }

  private void begin(Message message) {
    try {
      handler.join(this, message);
    } catch (JoinPayload.InvalidPayload e) {
      refuse(Reason.INVALID_PAYLOAD.payload(e.sentence()));
    } catch (MetaPayload.InvalidMeta e) {
      refuse(Reason.INVALID_META.payload(e.sentence()));
    }
  }

  /** Runs a channel's work; if it fails, so does the channel, and nothing else on the socket. */
  public void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      // After any failure the client must get an answer, and its entry must not stay.
      Socket.LOG.log(Level.ERROR, "A channel failed on " + kind(), e);
      if (state == State.JOINING) {
        handler.stop(LeaveReason.LEFT);
        refuse(Reason.JOIN_CRASHED.payload());
      } else if (state == State.JOINED) {
        crash();
      }
    } finally {
      socket.settled(topic());
    }
  }

  /** Answers the join with ok. Returns false if the join waits for no answer any more. */
  public boolean accept() {
    if (state != State.JOINING) {
      return false;
    }
    state = State.JOINED;
    socket.traffic().joined(handler.kind());
    socket.send(request.ok(Reply.EMPTY));
    request = request.answered();
    closeReplaced();
    return true;
  }

  /** Returns whether the join still needs an answer. */
  boolean isJoining() {
    return state == State.JOINING;
  }

  /** Answers the join with an error, and gives the topic back. */
  void refuse(String response) {
    if (end()) {
      answer(response);
    }
  }

  /** Answers with an error after a delay, because another try would not help, or not so soon. */
  public void refuseLate(String response) {
    if (end()) {
      socket.refuse(topic(), () -> answer(response));
    }
  }

  @Override
  public boolean isOpen() {
    return state != State.ENDED && !socket.isEnded();
  }

  @Override
  public Optional<Principal> login() {
    return socket.user().flatMap(User::namedLogin);
  }

  private boolean end() {
    boolean living = state != State.ENDED;
    state = State.ENDED;
    socket.forget(this);
    return living;
  }

  private void answer(String response) {
    socket.send(request.error(response));
    closeReplaced();
  }

  /** Closes the join that this one replaced. */
  private void closeReplaced() {
    if (replaced != null) {
      replaced.close();
      replaced = null;
    }
  }

  /** Returns whether a message belongs to this join, or names none: then it means the current. */
  private boolean owns(Message message) {
    return !message.hasJoinRef() || message.joinRef().equals(request.joinRef());
  }

  /**
   * Carries out an event, unless it is of an earlier join. The answer names this one.
   *
   * @param limit the answer if the event came too fast, else null
   */
  void receive(Message given, @Nullable String limit) {
    Message message = given.in(request.joinRef());
    if (!owns(given)) {
      return;
    }
    if (message.event().equals(Events.LEAVE)) {
      stop(LeaveReason.LEFT);
      socket.forget(this);
      socket.send(message.ok(Reply.EMPTY));
      close();
    } else if (limit != null) {
      socket.send(message.error(limit));
    } else if (state == State.JOINED) {
      guard(() -> handler.receive(this, message));
    } else {
      socket.send(message.unmatched());
    }
  }

  /** Informs the channel that rules or friends have changed, if it is joined. */
  public void changed(BiConsumer<ChannelHandler, Channel> what) {
    if (state == State.JOINED) {
      guard(() -> what.accept(handler, this));
    }
  }

  /** Answers a message. */
  public void reply(Reply reply) {
    socket.send(reply);
  }

  /** Ends the channel because it failed; the client joins again by itself. */
  private void crash() {
    try {
      stop(LeaveReason.LOST);
    } finally {
      socket.forget(this);
      socket.send(
          Push.ending(request.joinRef(), topic(), Events.ERROR, Reason.CHANNEL_CRASH.payload()));
    }
  }

  /** Names the kind of topic for the log, without the user's id. */
  private String kind() {
    int colon = topic().indexOf(':');
    return colon < 0 ? "a topic" : topic().substring(0, colon + 1) + "*";
  }

  /** Stops the channel without a message to the client. */
  void stop(LeaveReason leaveReason) {
    if (state != State.ENDED) {
      if (state == State.JOINED) {
        socket.traffic().left(handler.kind());
      }
      state = State.ENDED;
      handler.stop(leaveReason);
    }
  }

  private void close() {
    socket.send(Push.ending(request.joinRef(), topic(), Events.CLOSE, Reply.EMPTY));
  }

  /** Opens the stream of this topic's states and diffs. */
  public Outbox.Stream stream(Runnable restate) {
    return socket.outbox().stream(() -> socket.mailbox().execute(() -> again(restate)));
  }

  private void again(Runnable restate) {
    if (state == State.JOINED) {
      socket.traffic().overflowed();
      guard(restate);
    }
  }

  /** Returns the text of an event pushed on this topic. */
  public String push(String event, String payload) {
    return socket.serializer().encode(Push.of(request.joinRef(), topic(), event, payload));
  }

  /** Returns how many characters are kept for as long as the channel lives. */
  int nameLength() {
    return topic().length() + request.joinRef().length();
  }

  public Socket socket() {
    return socket;
  }

  public String topic() {
    return request.topic();
  }
}
