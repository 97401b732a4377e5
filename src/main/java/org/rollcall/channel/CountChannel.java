package org.rollcall.channel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;
import org.rollcall.count.Counts;
import org.rollcall.presence.Departure;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.Broadcast;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.protocol.Serializer;

/**
 * How many connections a topic has, anonymous (viewers) and signed in (users), never who. Open to
 * everyone; {@code {"track":false}} watches without being counted.
 */
final class CountChannel implements Channel {
  private final Count.Kind kind;
  private final CountAdmission admission;
  private @Nullable Runnable leave;
  private Outbox.@Nullable Stream stream;
  private Counts.@Nullable Place place;

  /** Creates a channel that is not joined. */
  CountChannel(boolean signedIn, CountAdmission admission) {
    this.kind = signedIn ? Count.Kind.USER : Count.Kind.VIEWER;
    this.admission = admission;
  }

  @Override
  public void join(Slot slot, Message request) throws JoinPayload.InvalidPayload {
    Count.Kind counted = JoinPayload.of(request).track() ? kind : Count.Kind.NONE;
    if (kind == Count.Kind.VIEWER) {
      Optional<String> refusal = enter(slot);
      if (refusal.isPresent()) {
        slot.refuseLate(Reason.TOO_MANY_TOPICS.payload(refusal.get()));
        return;
      }
    }
    if (slot.accept()) {
      Outbox.Stream out = slot.stream(this::restate);
      stream = out;
      place = admission.counts().enter(new Topic(slot.topic()), counted, subscriber(slot, out));
    }
  }

  /** Returns why the topic cannot be entered; empty if it is. */
  private Optional<String> enter(Slot slot) {
    CountAdmission.Verdict verdict = admission.enter(slot.socket().shares(), slot.topic());
    if (verdict instanceof CountAdmission.Entered entered) {
      leave = entered.leave();
    }
    return verdict.refusal();
  }

  private static CountSubscriber subscriber(Slot slot, Outbox.Stream out) {
    Serializer serializer = slot.socket().serializer();
    return new CountSubscriber() {
      @Override
      public boolean isOpen() {
        return slot.isOpen();
      }

      @Override
      public void onState(Count state) {
        out.state(slot.push(Events.PRESENCE_STATE, CountPayload.state(state)));
      }

      @Override
      public void onDiff(Change change) {
        slot.socket().traffic().diff();
        out.push(
            serializer.encode(
                new Broadcast(slot.topic(), Events.PRESENCE_DIFF, CountPayload.diff(change))));
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
  public void receive(Slot slot, Message message) {
    slot.reply(message.error(Reason.UNKNOWN_EVENT.payload("expected no event on a count")));
  }

  @Override
  public void stop(Departure departure) {
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
