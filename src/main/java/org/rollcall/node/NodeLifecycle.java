package org.rollcall.node;

import java.time.Duration;
import org.rollcall.cdi.TrackedPresences;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.count.Counts;
import org.rollcall.events.EventStreams;
import org.rollcall.health.Stage;
import org.rollcall.infinispan.InfinispanNode;
import org.rollcall.longpoll.LongPolls;
import org.rollcall.presence.Tracker;
import org.rollcall.socket.Drainer;
import org.rollcall.socket.SocketRegistry;

/**
 * Whether a node serves: it may be suspended, be resumed, and end.
 *
 * <p>A node that ceases to serve announces this to the others first. So its users can come back on
 * any of them, and other users notice nothing. A user who does not come back within the grace has
 * left. A node that is only suspended is then a normal member again, without clients.
 *
 * <p>Called by the server's threads that suspend, resume and undeploy. They wait until all
 * connections are closed, because the server would close the rest at once, and until the store has
 * the entries that linger.
 */
final class NodeLifecycle {
  private final Tracker tracker;
  private final Counts counts;
  private final InfinispanNode cache;
  private final Connections connections;
  private final Duration grace;
  private volatile Stage stage = Stage.SERVING;
  private boolean suspended;
  private boolean leaving;
  private boolean ended;
  private int suspensions;

  /**
   * All connections of a node.
   *
   * @param sockets all sockets
   * @param polls the sessions of the sockets that use no WebSocket
   * @param streams the streams of server-sent events
   * @param tracked the presences that beans of the application track, without a connection
   * @param drainer closes the sockets in batches
   */
  record Connections(
      SocketRegistry sockets,
      LongPolls polls,
      EventStreams streams,
      TrackedPresences tracked,
      Drainer drainer) {
    void drain() {
      try {
        tracked.drain();
        streams.drain();
      } finally {
        sockets.drain(drainer);
      }
    }

    void serve() {
      tracked.serve();
      streams.serve();
      sockets.serve();
    }
  }

  /**
   * Creates that of a node that serves.
   *
   * @param grace how long users stay present after connections were lost
   */
  NodeLifecycle(
      Tracker tracker,
      Counts counts,
      InfinispanNode cache,
      Connections connections,
      Duration grace) {
    this.tracker = tracker;
    this.counts = counts;
    this.cache = cache;
    this.connections = connections;
    this.grace = grace;
  }

  /** Sends all clients to other nodes, also clients that come from now on. */
  synchronized void suspend() {
    if (suspended || ended) {
      return;
    }
    suspended = true;
    stage = Stage.SUSPENDED;
    suspensions++;
    int number = suspensions;
    try {
      cease();
    } finally {
      WorkerThreads tools = tracker.tools();
      tools.scheduler().run(() -> tools.workers().execute(() -> giveUp(number)), grace);
    }
  }

  private void cease() {
    leaving = true;
    try {
      counts.freeze();
      // The others have to know of everyone who may come back to them.
      cache.countStore().awaitWritten();
      cache.announce(false);
    } finally {
      connections.drain();
    }
  }

  /**
   * Ends the entries of users who have not come back. This node is up, so no other node ends them.
   */
  private synchronized void giveUp(int number) {
    if (suspended && !ended && number == suspensions) {
      try {
        tracker.giveUp();
      } finally {
        stay();
      }
    }
  }

  private void stay() {
    leaving = false;
    counts.thaw();
    // Else users who have moved to other nodes would count twice for a moment.
    cache.countStore().awaitWritten();
    cache.announce(true);
  }

  /** Lets clients in again. */
  synchronized void resume() {
    if (!suspended || ended) {
      return;
    }
    suspended = false;
    try {
      boolean back = leaving;
      if (back) {
        tracker.reclaim();
      }
      stay();
      if (back) {
        tracker.reclaim();
      }
    } finally {
      connections.serve();
      stage = Stage.SERVING;
    }
  }

  /** Sends all clients to other nodes, for good. */
  synchronized void end() {
    ended = true;
    stage = Stage.DRAINING;
    cease();
  }

  /** Returns whether it accepts clients. Called by any thread; does not wait. */
  Stage stage() {
    return stage;
  }
}
