package org.rollcall.events;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.channel.CountAdmission;
import org.rollcall.count.Count;
import org.rollcall.count.Counts;
import org.rollcall.presence.Topic;

/**
 * A client that gets counts as events, from its request to the end of its stream. It holds its
 * permit and its registrations in counts.
 *
 * <p>A container does not report that a client has closed its connection before something is
 * written to it. So a listener gets a comment now and then, and another one at the next look: the
 * client's machine answers the first one with a reset, and the second one fails.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class Listener {
  private static final long QUIET_NANOS = Duration.ofSeconds(15).toNanos();

  /** A listener must not be counted for long after it has closed its connection. */
  private static final long COUNTED_NANOS = Duration.ofSeconds(5).toNanos();

  private final EventsRequest request;
  private final ConnectionPermit permit;
  private final Consumer<Listener> ended;

  /**
   * The topic that was entered last comes first: a topic is given back when nobody is counted on
   * it.
   */
  private final Deque<Runnable> leaving = new ArrayDeque<>();

  private final long period;
  private long due;
  private boolean again;
  private boolean over;
  private @Nullable EventStream stream;

  /**
   * Creates a listener that gets nothing yet.
   *
   * @param permit its permit, which is taken
   * @param ended is called once, when it has left
   */
  Listener(EventsRequest request, ConnectionPermit permit, Consumer<Listener> ended, long now) {
    this.request = request;
    this.permit = permit;
    this.ended = ended;
    this.period = request.track() ? COUNTED_NANOS : QUIET_NANOS;
    this.due = now + period;
  }

  /**
   * Enters all topics of the listener, or none of them; then the listener has left.
   *
   * @return why it has, if it has
   */
  synchronized Optional<String> enter(CountAdmission admission) {
    for (String topic : request.topics()) {
      CountAdmission.Verdict verdict = admission.enter(permit, topic);
      if (verdict instanceof CountAdmission.Entered entered) {
        leaving.push(entered.leave());
      } else {
        leave();
        return verdict.refusal();
      }
    }
    return Optional.empty();
  }

  /** Sends counts to a stream, which has begun. */
  synchronized void listen(EventStream to, Counts counts, Count.Kind kind) {
    stream = to;
    for (int i = 0; i < request.topics().size() && !over; i++) {
      Topic topic = new Topic(request.topics().get(i));
      leaving.push(counts.enter(topic, kind, to.subscriber(i))::close);
    }
  }

  /** Leaves all counts, and gives the permit back. Leaving twice is harmless. */
  synchronized void leave() {
    if (!over) {
      over = true;
      leaving.forEach(Runnable::run);
      leaving.clear();
      permit.free();
      ended.accept(this);
    }
  }

  /** Writes a comment if it is time. Called every second. */
  synchronized void check(long now) {
    if (stream != null && (again || now - due >= 0)) {
      stream.comment();
      again = !again;
      due = now + period;
    }
  }

  /** Ends the stream. */
  synchronized void end() {
    if (stream != null) {
      stream.end();
    }
  }
}
