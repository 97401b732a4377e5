package org.rollcall.channel;

import java.lang.System.Logger;
import java.time.Duration;
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

  /** How long the container has to tell of a connection that takes no more frames. */
  private static final Duration UNTOLD = Duration.ofSeconds(1);

  private final Optional<User> user;
  private final Serializer serializer;
  private final Seat seat;
  private final Wire wire;
  private final Node node;
  private final Mailbox mailbox;
  private final Outbox outbox;
  private final Question question = new Question();
  private final Allowance allowance;
  private final Slots slots;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long heard;

  /**
   * What a client brings.
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
    this.mailbox = new Mailbox(node.threads().workers(), node.limits().lengths().frame());
    this.outbox = new Outbox(wire, node.threads().fanOut(), node.outboxLimits(), new Ends());
    this.allowance = new Allowance(node.limits().rates(), node.threads().nanos());
    this.slots = new Slots(this, node, allowance);
    this.heard = node.threads().nanos().getAsLong();
    seat.take();
  }

  private final class Ends implements Outbox.Ends {
    @Override
    public void slow() {
      close(CloseCode.SLOW);
    }

    @Override
    public void lost() {
      // A client that says good-bye takes no more frames: the container is about to tell how it
      // went. Payara does not tell of a connection that is lost within milliseconds of its
      // handshake.
      node.threads().later().run(() -> mailbox.execute(() -> close(CloseCode.IDLE)), UNTOLD);
    }
  }

  /** Takes a text message. */
  public void receive(String text) {
    offer(new Received(text.length(), () -> serializer.decode(text)));
  }

  /** Takes a binary message. */
  public void receive(byte[] bytes) {
    offer(new Received(bytes.length, () -> serializer.decode(bytes)));
  }

  private void offer(Received received) {
    long now = node.threads().nanos().getAsLong();
    heard = now;
    if (!ended.get()
        && !(allowance.frame(now) && mailbox.offer(received.size(), () -> handle(received)))) {
      close(CloseCode.FLOOD);
    }
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
    end(left ? Departure.LEFT : Departure.LOST);
    // Those who may be back at once, on any node, know only when the entries linger.
    boolean back = code == CloseCode.DRAINING || code == CloseCode.RENEWED;
    return CompletableFuture.runAsync(() -> wire.close(code), back ? mailbox : Runnable::run);
  }

  /**
   * Is told that the connection is gone. Called once or more; the first time counts.
   *
   * @param close how it ended
   */
  public void closed(ClientClose close) {
    end(close.departure());
  }

  private void end(Departure departure) {
    if (ended.compareAndSet(false, true)) {
      try {
        outbox.close();
        node.sockets().ended(this, departure);
        seat.free();
      } finally {
        mailbox.execute(() -> slots.stop(departure));
      }
    }
  }

  /** Looks after the connection: closes it if it is idle or slow. Called every second. */
  void check(long now, long idleNanos) {
    if (now - heard > idleNanos) {
      close(CloseCode.IDLE);
    } else {
      outbox.check(now);
    }
  }

  private void handle(Received received) {
    if (ended.get()) {
      return;
    }
    Message message;
    try {
      message = received.decoder().decode();
    } catch (MalformedFrame e) {
      String payload = Reason.MALFORMED_FRAME.payload(e.sentence());
      send(Push.of(Frame.NO_REF, Events.PHOENIX, Events.ERROR, payload));
      return;
    }
    slots.route(message, received);
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
