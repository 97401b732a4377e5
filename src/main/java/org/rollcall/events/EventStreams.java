package org.rollcall.events;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.channel.CountAdmission;
import org.rollcall.count.Count;
import org.rollcall.count.Counts;
import org.rollcall.socket.NodeExecutors;
import org.rollcall.transport.ConnectionThread;

/** The streams of events of this node. Safe for many threads; no call blocks. */
public final class EventStreams {
  /**
   * Clients come back after this time, or up to three times as long, so that they do not all come
   * in the same moment.
   */
  private static final int RETRY_MILLIS = 1000;

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final Counts counts;
  private final CountAdmission admission;
  private final NodeExecutors executors;
  private final EventTraffic traffic = new EventTraffic();
  private volatile boolean draining;

  /** Creates a node's streams, of which there are none yet. */
  public EventStreams(Counts counts, CountAdmission admission, NodeExecutors executors) {
    this.counts = counts;
    this.admission = admission;
    this.executors = executors;
  }

  /**
   * Opens a stream for a client that has a permit.
   *
   * @param known whether it is a user; others bring few topics on which nobody is
   * @throws EventsRequest.Wrong if it may not enter all its topics; then the permit is free
   */
  Listener admit(EventsRequest request, ConnectionPermit permit, boolean known)
      throws EventsRequest.Wrong {
    permit.take();
    Listener listener =
        new Listener(request, permit, listeners::remove, executors.nanos().getAsLong());
    Optional<String> refusal = known ? Optional.empty() : listener.enter(admission);
    if (refusal.isPresent()) {
      throw new EventsRequest.Wrong(EventRefusal.TOPICS, refusal.get());
    }
    return listener;
  }

  /** Begins to send a listener the counts that it asked for. */
  void begin(Listener listener, EventsRequest request, Count.Kind kind, AsyncContext context)
      throws IOException {
    CountEvent event = new CountEvent(request.topics());
    event.resume(request.lastEventId());
    int retry = RETRY_MILLIS + ThreadLocalRandom.current().nextInt(2 * RETRY_MILLIS);
    EventStream stream =
        new EventStream(
            context,
            ConnectionThread.of(context.getRequest(), executors.fanOut()),
            event,
            new EventStream.Begin(request.topics().size(), "retry: " + retry + "\n\n", traffic),
            listener::leave);
    listeners.add(listener);
    stream.begin();
    listener.listen(stream, counts, kind);
    if (draining) {
      listener.end();
    }
  }

  /** Writes comments to the listeners that are due. Called every second by one thread at a time. */
  public void check() {
    long now = executors.nanos().getAsLong();
    listeners.forEach(listener -> listener.check(now));
  }

  /** Ends all streams, and each stream that begins before {@link #serve} at once. */
  public void drain() {
    draining = true;
    listeners.forEach(Listener::end);
  }

  /** Opens streams again. */
  public void serve() {
    draining = false;
  }

  /** Returns whether every stream that begins is ended at once. */
  boolean isDraining() {
    return draining;
  }

  /** Returns how much was written to listeners. */
  public EventTraffic traffic() {
    return traffic;
  }

  /** Returns how many clients listen. */
  public int size() {
    return listeners.size();
  }
}
