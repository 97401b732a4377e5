package org.rollcall.socket;

import java.lang.System.Logger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.admission.MessageRateLimit;
import org.rollcall.identity.User;
import org.rollcall.presence.LeaveReason;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Frame;
import org.rollcall.protocol.MalformedFrame;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Push;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Serializer;

/**
 * One client's connection and the channels it has joined.
 *
 * <p>{@link #receive}, {@link #close} and {@link #closed} are called by any thread and return at
 * once; everything else happens in the mailbox, by one worker at a time.
 */
public final class Socket {
  static final Logger LOG = System.getLogger(Socket.class.getName());

  private final Optional<User> user;
  private final Serializer serializer;
  private final ConnectionPermit permit;
  private final Transport transport;
  private final SocketContext context;
  private final Mailbox mailbox;
  private final Outbox outbox;
  private final FriendQuestion question = new FriendQuestion();
  private final MessageBudget messageBudget;
  private final Channels channels;
  private final Closing closing;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * The client of a socket, as its handshake described it.
   *
   * @param user who it is, empty for an anonymous client
   * @param serializer the version it speaks
   * @param permit its place among the connections that are counted
   */
  public record Client(Optional<User> user, Serializer serializer, ConnectionPermit permit) {
    /** Creates one that is not counted. */
    public Client(Optional<User> user, Serializer serializer) {
      this(user, serializer, ConnectionPermit.uncounted());
    }
  }

  Socket(Client client, Transport transport, SocketContext context) {
    this.user = client.user();
    this.serializer = client.serializer();
    this.permit = client.permit();
    this.transport = transport;
    this.context = context;
    int longest = context.limits().lengths().frame(user.isPresent());
    this.mailbox = new Mailbox(context.executors().workers(), longest);
    OutboxListener listener = new OutboxEnd(mailbox, this::close, context.executors().scheduler());
    this.outbox =
        new Outbox(
            new MeteredTransport(transport, context.traffic()),
            context.executors().fanOut(),
            user.isPresent() ? context.outboxLimits() : context.outboxLimits().forStranger(),
            listener);
    MessageRateLimit rateLimit =
        new MessageRateLimit(context.limits().rates(), context.executors().nanos());
    this.channels = new Channels(this, context, rateLimit);
    this.messageBudget = new MessageBudget(this, context, rateLimit, permit.shares().waiting());
    permit.take();
    this.closing = new Closing(transport, permit);
  }

  /** Takes a whole text message. */
  public void receive(String text) {
    messageBudget.receive(text);
  }

  /** Takes a whole binary message. */
  public void receive(byte[] bytes) {
    messageBudget.receive(bytes);
  }

  /** Returns the budget, which takes the client's messages from the container. */
  public MessageBudget messageBudget() {
    return messageBudget;
  }

  /** Closes the connection and ends all channels on it, whether or not the client answers. */
  public void close(CloseCode code) {
    CompletableFuture<Void> unused = closing(code);
  }

  /** Closes the connection likewise. Returns a future that completes once it is closed. */
  CompletableFuture<Void> closing(CloseCode code) {
    if (ended.get()) {
      return CompletableFuture.completedFuture(null);
    }
    // Before the transport is closed: Tyrus reports that within the call, as if the client had
    // closed.
    boolean left = code == CloseCode.FORCED || code == CloseCode.LOGGED_OUT;
    if (end(left ? LeaveReason.LEFT : LeaveReason.LOST)) {
      traffic().closed(code);
    }
    // Users may be back at once, on any node, and must find that their entries linger.
    boolean back = code == CloseCode.DRAINING || code == CloseCode.RENEWED;
    return CompletableFuture.runAsync(() -> transport.close(code), back ? mailbox : Runnable::run);
  }

  /**
   * Ends the socket, as its connection is over. Called once or more; the first time counts.
   *
   * @param close how it ended
   */
  public void closed(ClientClose close) {
    if (end(close.leaveReason())) {
      traffic().closedByClient();
    }
  }

  /** Returns whether this call was the one that ended it. */
  private boolean end(LeaveReason leaveReason) {
    boolean first = ended.compareAndSet(false, true);
    if (first) {
      try {
        outbox.close();
        messageBudget.end();
        context.ended().accept(this);
        closing.begin(context.executors().scheduler());
      } finally {
        mailbox.execute(() -> channels.stop(leaveReason));
      }
    }
    return first;
  }

  /** Closes the connection if it is idle or slow. Called every second. */
  void check(long now, long idleNanos) {
    if (messageBudget.isLate(now)) {
      close(CloseCode.SLOW);
      return;
    }
    switch (messageBudget.idle().check(now, idleNanos)) {
      case CLOSE -> close(CloseCode.IDLE);
      case PING -> mailbox.execute(transport::ping);
      case NOTHING -> outbox.check(now);
    }
  }

  /** Carries a message out. Called in the mailbox. */
  void route(Message message, ReceivedMessage receivedMessage) {
    channels.route(message, receivedMessage);
  }

  /** Answers input that is not a message. Called in the mailbox. */
  void malformed(MalformedFrame frame) {
    String payload = Reason.MALFORMED_FRAME.payload(frame.sentence());
    send(Push.of(Frame.NO_REF, Events.PHOENIX, Events.ERROR, payload));
  }

  /** Informs all channels of a change. Called in the mailbox. */
  void changed(BiConsumer<ChannelHandler, Channel> what) {
    channels.changed(what);
  }

  /**
   * Informs all channels that the user's friends may have changed. Called by any thread; returns at
   * once.
   *
   * @param asking runs the question
   */
  void friendsChanged(Executor asking) {
    mailbox.execute(
        () -> {
          // An answer that is on its way may be too old, and is asked for again before anyone is
          // told.
          if (!question.outdate()) {
            changed((handler, channel) -> handler.friendsChanged(channel, asking));
          }
        });
  }

  /** Gives a topic back, if it is still this channel's. */
  void forget(Channel channel) {
    channels.forget(channel);
  }

  /** Carries out the messages that have waited for the answer of a topic's join. */
  void settled(String topic) {
    channels.settled(topic);
  }

  /** Refuses a join later, or when the next message comes on its topic. */
  void refuse(String topic, Runnable answer) {
    channels.refuse(topic, answer);
  }

  void send(Frame.Outgoing frame) {
    outbox.send(serializer.encode(frame));
  }

  /** Returns whether this client's version can tell two joins of one topic apart. */
  boolean tellsJoinsApart() {
    return serializer == Serializer.V2;
  }

  /** Returns what this socket shares with others of its address. */
  public ConnectionPermit.Shares shares() {
    return permit.shares();
  }

  public Traffic traffic() {
    return context.traffic();
  }

  /** Returns this socket's one question for the user's friends. */
  public FriendQuestion question() {
    return question;
  }

  /** Returns whether the connection is over. */
  public boolean isEnded() {
    return ended.get();
  }

  Optional<User> user() {
    return user;
  }

  public Serializer serializer() {
    return serializer;
  }

  public Mailbox mailbox() {
    return mailbox;
  }

  Outbox outbox() {
    return outbox;
  }
}
