package org.rollcall.channel;

import java.lang.System.Logger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.rollcall.identity.User;
import org.rollcall.presence.Departure;
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
  private final Seat seat;
  private final Wire wire;
  private final Node node;
  private final Mailbox mailbox;
  private final Outbox outbox;
  private final Question question = new Question();
  private final Intake intake;
  private final Slots slots;
  private final Closing closing;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * The client of a socket, as its handshake showed it.
   *
   * @param user who it is, empty for an anonymous client
   * @param serializer the version it speaks
   * @param seat its place among the connections that are counted
   */
  public record Client(Optional<User> user, Serializer serializer, Seat seat) {
    /** Creates one that is not counted. */
    public Client(Optional<User> user, Serializer serializer) {
      this(user, serializer, Seat.uncounted());
    }
  }

  Socket(Client client, Wire wire, Node node) {
    this.user = client.user();
    this.serializer = client.serializer();
    this.seat = client.seat();
    this.wire = wire;
    this.node = node;
    int longest = node.limits().lengths().frame(user.isPresent());
    this.mailbox = new Mailbox(node.threads().workers(), longest);
    Outbox.Ends ends = new OutboxEnds(mailbox, this::close, node.threads().later());
    this.outbox =
        new Outbox(
            new CountedWire(wire, node.traffic()),
            node.threads().fanOut(),
            user.isPresent() ? node.outboxLimits() : node.outboxLimits().forStranger(),
            ends);
    Allowance allowance = new Allowance(node.limits().rates(), node.threads().nanos());
    this.slots = new Slots(this, node, allowance);
    this.intake = new Intake(this, node, allowance, seat.shares().waiting());
    seat.take();
    this.closing = new Closing(wire, seat);
  }

  /** Takes a whole text message. */
  public void receive(String text) {
    intake.receive(text);
  }

  /** Takes a whole binary message. */
  public void receive(byte[] bytes) {
    intake.receive(bytes);
  }

  /** Returns what takes the client's messages as the container has them. */
  public Intake intake() {
    return intake;
  }

  /** Closes the connection and ends everything on it, whether or not the client takes notice. */
  public void close(CloseCode code) {
    CompletableFuture<Void> unused = closing(code);
  }

  /** The same. Returns what is complete once the connection is closed. */
  CompletableFuture<Void> closing(CloseCode code) {
    if (ended.get()) {
      return CompletableFuture.completedFuture(null);
    }
    // Before the wire is closed: Tyrus reports that within the call, as if the client had gone.
    boolean left = code == CloseCode.FORCED || code == CloseCode.LOGGED_OUT;
    if (end(left ? Departure.LEFT : Departure.LOST)) {
      traffic().closed(code);
    }
    // Users may be back at once, on any node, and must find that their entries linger.
    boolean back = code == CloseCode.DRAINING || code == CloseCode.RENEWED;
    return CompletableFuture.runAsync(() -> wire.close(code), back ? mailbox : Runnable::run);
  }

  /**
   * Is told that the connection is gone. Called once or more; the first time counts.
   *
   * @param close how it ended
   */
  public void closed(ClientClose close) {
    if (end(close.departure())) {
      traffic().closedByClient();
    }
  }

  /** Tells whether this call was the one that ended it. */
  private boolean end(Departure departure) {
    boolean first = ended.compareAndSet(false, true);
    if (first) {
      try {
        outbox.close();
        intake.end();
        node.endings().ended(this, departure);
        closing.begin(node.threads().later());
      } finally {
        mailbox.execute(() -> slots.stop(departure));
      }
    }
    return first;
  }

  /** Closes the connection if it is idle or slow. Called every second. */
  void check(long now, long idleNanos) {
    if (intake.isLate(now)) {
      close(CloseCode.SLOW);
      return;
    }
    switch (intake.idle().check(now, idleNanos)) {
      case CLOSE -> close(CloseCode.IDLE);
      case PING -> mailbox.execute(wire::ping);
      case NOTHING -> outbox.check(now);
    }
  }

  /** Carries a message out. Called in the mailbox. */
  void route(Message message, Received received) {
    slots.route(message, received);
  }

  /** Answers what is no message. Called in the mailbox. */
  void malformed(MalformedFrame frame) {
    String payload = Reason.MALFORMED_FRAME.payload(frame.sentence());
    send(Push.of(Frame.NO_REF, Events.PHOENIX, Events.ERROR, payload));
  }

  /** Tells all channels of a change. Called in the mailbox. */
  void changed(BiConsumer<Channel, Slot> what) {
    slots.changed(what);
  }

  /**
   * Tells all channels that the user's friends may have changed. Called by any thread; returns at
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
            changed((channel, slot) -> channel.friendsChanged(slot, asking));
          }
        });
  }

  /** Gives a topic back, if it is still this slot's. */
  void forget(Slot slot) {
    slots.forget(slot);
  }

  /** Carries out what has waited for the answer of a topic's join, if there is one. */
  void settled(String topic) {
    slots.settled(topic);
  }

  /** Refuses a join later, or when anything else comes on its topic. */
  void refuse(String topic, Runnable answer) {
    slots.refuse(topic, answer);
  }

  void send(Frame.Outgoing frame) {
    outbox.send(serializer.encode(frame));
  }

  /** Tells whether this client's version can tell two joins of one topic apart. */
  boolean tellsJoinsApart() {
    return serializer == Serializer.V2;
  }

  /** Returns what this socket shares with others of its address. */
  Seat.Shares shares() {
    return seat.shares();
  }

  Traffic traffic() {
    return node.traffic();
  }

  /** Returns this socket's one question for the user's circle. */
  Question question() {
    return question;
  }

  /** Tells whether the connection is gone. */
  boolean isEnded() {
    return ended.get();
  }

  Optional<User> user() {
    return user;
  }

  Serializer serializer() {
    return serializer;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Outbox outbox() {
    return outbox;
  }
}
