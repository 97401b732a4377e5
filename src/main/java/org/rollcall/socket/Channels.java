package org.rollcall.socket;

import java.lang.System.Logger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.admission.MessageRateLimit;
import org.rollcall.config.LimitSettings;
import org.rollcall.presence.LeaveReason;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.MalformedFrame;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Reply;

/**
 * The topics of one socket: takes each message to the channel of its topic, as long as the client
 * keeps to its {@link MessageRateLimit}. A message past that is answered with an error and changes
 * nothing; heartbeats and leaves are always carried out.
 *
 * <p>Messages that come on a topic while its join waits for an answer are carried out after it, in
 * order. Phoenix does the same, because its sockets wait for each join.
 *
 * <p>The first refusal of a topic is answered at once, later ones late, so that a client that tries
 * for ever tries seldom; but before anything else that comes on its topic: the order is that of the
 * messages. This holds for every reason and every topic.
 *
 * <p>Called by one worker at a time.
 */
final class Channels {
  /** How many refusals of a socket may wait; more are answered at once. */
  private static final int MOST_REFUSALS = 4;

  /** Of how many topics the first refusal is answered at once. */
  private static final int MOST_FIRST = 16;

  private final Socket socket;
  private final SocketContext context;
  private final MessageRateLimit rateLimit;
  private final Map<String, Channel> channels = new HashMap<>(4);
  private final Map<String, Runnable> refused = new HashMap<>(0);
  private final Set<Integer> refusedBefore = new HashSet<>(0);
  private final DelayedRefusals refusals;
  private final EarlyMessages early;

  Channels(Socket socket, SocketContext context, MessageRateLimit rateLimit) {
    this.socket = socket;
    this.context = context;
    this.rateLimit = rateLimit;
    this.refusals =
        new DelayedRefusals(
            new DelayedRefusals.Limits(context.limits().refusal(), MOST_REFUSALS),
            socket.mailbox(),
            context.executors().scheduler());
    this.early = new EarlyMessages(socket.mailbox(), socket.shares().waiting());
  }

  /**
   * Carries a message out, or keeps it until the join of its topic is answered.
   *
   * @param receivedMessage the same as it came
   */
  void route(Message message, ReceivedMessage receivedMessage) {
    if (message.topic().equals(Events.PHOENIX) && message.event().equals(Events.HEARTBEAT)) {
      socket.send(message.ok(Reply.EMPTY));
      return;
    }
    @Nullable String limit = limit(message.event());
    if (isJoining(message.topic())) {
      if (!early.add(message.topic(), new EarlyMessages.Early(receivedMessage, limit))) {
        socket.close(CloseCode.BUSY);
      }
    } else {
      carryOut(message, limit);
    }
  }

  /** Counts an event against the client's rate. Returns the error if it sends too fast. */
  private @Nullable String limit(String event) {
    LimitSettings.Rates rates = context.limits().rates();
    return switch (event) {
      case Events.LEAVE -> null;
      case Events.JOIN ->
          rateLimit.join()
              ? null
              : MessageRateLimit.exceeded(rates.joins() + " joins", LimitSettings.JOINS);
      default ->
          rateLimit.event()
              ? null
              : MessageRateLimit.exceeded(rates.events() + " events", LimitSettings.EVENTS);
    };
  }

  private boolean isJoining(String topic) {
    @Nullable Channel channel = channels.get(topic);
    return channel != null && channel.isJoining();
  }

  /**
   * Carries out the messages that have waited for the answer of a topic's join, up to the next
   * join.
   */
  void settled(String topic) {
    early.drain(
        topic,
        waiting -> socket.isEnded() || isJoining(waiting),
        next -> {
          try {
            carryOut(next.receivedMessage().decoder().decode(), next.limit());
          } catch (MalformedFrame e) {
            throw new IllegalStateException("A message could be decoded once, and not again", e);
          }
        });
  }

  private void carryOut(Message message, @Nullable String limit) {
    @Nullable Runnable refusal = refused.get(message.topic());
    if (refusal != null) {
      refusals.hurry(refusal);
    }
    @Nullable Channel channel = channels.get(message.topic());
    if (message.event().equals(Events.JOIN)) {
      join(message, channel, limit);
    } else if (channel != null) {
      channel.receive(message, limit);
    } else if (limit != null) {
      socket.send(message.error(limit));
    } else {
      boolean leave = message.event().equals(Events.LEAVE);
      socket.send(leave ? message.ok(Reply.EMPTY) : message.unmatched());
    }
  }

  private void join(Message message, @Nullable Channel earlier, @Nullable String limit) {
    if (limit != null) {
      socket.send(message.error(limit));
      return;
    }
    @Nullable ChannelHandler handler = context.router().open(message.topic(), socket.user());
    if (handler == null) {
      // The answer, not the message, which may be long.
      Reply noChannel = message.noChannel(context.router().refusal(message.topic()));
      if (message.topic().length() > context.limits().lengths().topic()) {
        // At once: what waits is kept, and this is longer than any topic.
        socket.send(noChannel);
      } else {
        refuse(message.topic(), () -> socket.send(noChannel));
      }
      return;
    }
    if (isTooMuch(message, earlier)) {
      Reply tooMany = message.error(Reason.TOO_MANY_CHANNELS.payload());
      refuse(message.topic(), () -> socket.send(tooMany));
      return;
    }
    Channel channel = new Channel(socket, message, handler);
    channels.put(message.topic(), channel);
    channel.join(message, earlier);
  }

  private boolean isTooMuch(Message join, @Nullable Channel earlier) {
    if (earlier == null && channels.size() >= context.limits().channels()) {
      return true;
    }
    int names = join.topic().length() + join.joinRef().length();
    for (Channel channel : channels.values()) {
      names += channel == earlier ? 0 : channel.nameLength();
    }
    return names > context.limits().lengths().names(socket.user().isPresent());
  }

  /** Refuses a join that has no channel, or none any more. */
  void refuse(String topic, Runnable answer) {
    // A topic that is no name may be as long as a message: it is not kept.
    if (topic.length() > context.limits().lengths().topic() || isFirst(topic)) {
      answer.run();
      return;
    }
    Runnable refusal =
        () -> {
          refused.remove(topic);
          answer.run();
        };
    refused.put(topic, refusal);
    refusals.answer(refusal);
  }

  /**
   * Notes a topic by its hash. Of two topics with the same hash, the second one's refusal is late.
   */
  private boolean isFirst(String topic) {
    return refusedBefore.size() < MOST_FIRST && refusedBefore.add(topic.hashCode());
  }

  /** Gives a topic back, if it is still this channel's. */
  void forget(Channel channel) {
    channels.remove(channel.topic(), channel);
  }

  /** Informs every channel of a change. */
  void changed(BiConsumer<ChannelHandler, Channel> what) {
    List.copyOf(channels.values()).forEach(channel -> channel.changed(what));
  }

  /** Stops every channel. */
  void stop(LeaveReason leaveReason) {
    for (Channel channel : List.copyOf(channels.values())) {
      try {
        channel.stop(leaveReason);
      } catch (RuntimeException | Error e) {
        // After any failure the others must still end.
        Socket.LOG.log(Logger.Level.ERROR, "A channel could not be stopped", e);
      }
    }
    channels.clear();
    refused.clear();
    early.clear();
  }
}
