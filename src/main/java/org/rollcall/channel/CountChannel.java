package org.rollcall.channel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;
import org.rollcall.count.Counts;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Broadcast;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Serializer;
import org.rollcall.socket.Channel;
import org.rollcall.socket.ChannelHandler;
import org.rollcall.socket.JoinPayload;
import org.rollcall.socket.Outbox;
import org.rollcall.socket.Traffic;

/**
 * How many connections a topic has, anonymous (viewers) and signed in (users), never who. Open to
 * everyone; {@code {"track":false}} watches without being counted.
 */
final class CountChannel implements ChannelHandler {
  private final Count.Kind kind;
  private final CountAdmission admission;
  private @Nullable Runnable leave;
  private Outbox.@Nullable Stream stream;
  private Counts.@Nullable Registration place;

  /** Creates a channel that is not joined. */
  CountChannel(boolean signedIn, CountAdmission admission) {
    this.kind = signedIn ? Count.Kind.USER : Count.Kind.VIEWER;
    this.admission = admission;
  }

  @Override
  public void join(Channel channel, Message request) throws JoinPayload.InvalidPayload {
    Count.Kind counted = JoinPayload.of(request).track() ? kind : Count.Kind.NONE;
    if (kind == Count.Kind.VIEWER) {
      Optional<String> refusal = enter(channel);
      if (refusal.isPresent()) {
        channel.refuseLate(Reason.TOO_MANY_TOPICS.payload(refusal.get()));
        return;
      }
    }
    if (channel.accept()) {
      Outbox.Stream out = channel.stream(this::restate);
      stream = out;
      place =
          admission.counts().enter(new Topic(channel.topic()), counted, subscriber(channel, out));
    }
  }

  /** Returns why the topic cannot be entered; empty if it is. */
  private Optional<String> enter(Channel channel) {
    CountAdmission.Verdict verdict = admission.enter(channel.socket().shares(), channel.topic());
    if (verdict instanceof CountAdmission.Entered entered) {
      leave = entered.leave();
    }
    return verdict.refusal();
  }

  private static CountSubscriber subscriber(Channel channel, Outbox.Stream out) {
    Serializer serializer = channel.socket().serializer();
    return new CountSubscriber() {
      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void onState(Count state) {
        out.state(channel.push(Events.PRESENCE_STATE, CountPayload.state(state)));
      }

      @Override
      public void onDiff(Change change) {
        channel.socket().traffic().diff();
        out.push(
            serializer.encode(
                new Broadcast(channel.topic(), Events.PRESENCE_DIFF, CountPayload.diff(change))));
      }
    };
  }

  private void restate() {
    if (place != null) {
      place.restate();
    }
  }

  @Override
  public Traffic.Kind kind() {
    return Traffic.Kind.COUNT;
  }

  @Override
  public void receive(Channel channel, Message message) {
    channel.reply(message.error(Reason.UNKNOWN_EVENT.payload("expected no event on a count")));
  }

  @Override
  public void stop(LeaveReason leaveReason) {
    if (stream != null) {
      stream.end();
    }
    if (place != null) {
      place.close();
    }
    if (leave != null) {
      leave.run();
      leave = null;
    }
  }
}
