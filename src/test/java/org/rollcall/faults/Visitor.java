package org.rollcall.faults;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rollcall.testing.Frame;
import org.rollcall.testing.Site;
import org.rollcall.testing.TestToken;

/**
 * A user's page, kept alive as phoenix.js keeps it: a heartbeat every 30 seconds, a new connection
 * soon after one was lost, and every channel joined again at once.
 */
final class Visitor implements VisitorConnection.Ends, AutoCloseable {
  private static final long[] AGAIN = {10, 50, 100, 150, 200, 250, 500, 1000, 2000, 5000};
  private static final long REJOIN = 1000;

  private final String id;
  private final Set<String> friends;
  private final String query;
  private final Map<String, ChannelMembership> channels = new LinkedHashMap<>();
  private final List<Integer> closes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final HeartbeatTimer heartbeatTimer = new HeartbeatTimer();
  private ServerPorts serverPorts;
  private @Nullable Site site;
  private @Nullable VisitorConnection visitorConnection;
  private boolean open;
  private boolean left;
  private boolean beating;
  private int tries;
  private int nextRef = 1;

  /** Creates a visitor who is not connected yet. */
  Visitor(String id, Collection<String> friends, ServerPorts serverPorts) {
    this.id = id;
    this.friends = new TreeSet<>(friends);
    this.serverPorts = serverPorts;
    TestToken token = TestToken.of(id).seeing(friends.toArray(String[]::new));
    this.query = "?vsn=2.0.0&token=" + token.endingIn(Duration.ofHours(1)).text();
  }

  /** Adds a topic to join on every connection. */
  Visitor on(String topic) {
    channels.put(topic, new ChannelMembership(topic, "{}"));
    return this;
  }

  /** Connects. */
  Visitor come() {
    dial();
    return this;
  }

  private synchronized void dial() {
    if (!left) {
      Site next = serverPorts.next();
      site = next;
      visitorConnection = new VisitorConnection(this);
      visitorConnection.dial(URI.create(next.socketAddress() + query));
    }
  }

  @Override
  public synchronized void opened(VisitorConnection opened) {
    if (opened == visitorConnection) {
      open = true;
      beating = false;
      tries = 0;
      channels.values().forEach(channel -> opened.send(channel.join(ref())));
      heartbeatTimer.start(this::beat);
    }
  }

  private String ref() {
    return String.valueOf(nextRef++);
  }

  private synchronized void beat() {
    if (beating) {
      wrong.add("a heartbeat was not answered");
    }
    beating = true;
    send("[null,\"" + ref() + "\",\"phoenix\",\"heartbeat\",{}]");
  }

  private void send(String text) {
    if (visitorConnection != null) {
      visitorConnection.send(text);
    }
  }

  /** Updates the own meta on a channel. */
  synchronized void update(String topic, String meta) {
    push(topic, "update", meta);
  }

  /** Sends an event on a channel. */
  synchronized void push(String topic, String event, String payload) {
    send(channel(topic).message(ref(), event, payload));
  }

  @Override
  public synchronized void closed(VisitorConnection dead, int code) {
    if (dead == visitorConnection) {
      if (code == VisitorConnection.REFUSED && site != null) {
        serverPorts.refused(site);
      }
      closes.add(code);
      down();
      HeartbeatTimer.later(AGAIN[Math.min(tries, AGAIN.length - 1)], this::dial);
      tries++;
    }
  }

  private void down() {
    open = false;
    visitorConnection = null;
    heartbeatTimer.stop();
  }

  @Override
  public synchronized void text(VisitorConnection from, String text) {
    if (from == visitorConnection) {
      try {
        take(Frame.of(text), System.nanoTime());
      } catch (RuntimeException | AssertionError e) {
        wrong.add(e + " on " + text);
      }
    }
  }

  private void take(Frame frame, long nanos) {
    if (frame.topic().equals("phoenix")) {
      beating = false;
      return;
    }
    boolean friends = frame.topic().startsWith("user_presence:");
    ChannelMembership channel = channel(friends ? "user:" + id : frame.topic());
    if (!channel.take(frame, nanos)) {
      wrong.add("refused: " + frame);
      HeartbeatTimer.later(REJOIN, () -> rejoin(channel));
    }
  }

  private synchronized void rejoin(ChannelMembership channel) {
    send(channel.join(ref()));
  }

  private ChannelMembership channel(String topic) {
    ChannelMembership channel = channels.get(topic);
    if (channel == null) {
      throw new IllegalStateException(id + " is not on " + topic);
    }
    return channel;
  }

  /** Loses the connection, and comes back elsewhere. */
  void moveTo(ServerPorts other) {
    @Nullable VisitorConnection lost;
    synchronized (this) {
      serverPorts = other;
      lost = visitorConnection;
    }
    if (lost != null) {
      lost.cut();
    }
  }

  /** Does not come back when the connection ends the next time. */
  synchronized void leaveNext() {
    left = true;
  }

  /** Loses the connection for good. */
  void vanish() {
    leaveNext();
    moveTo(serverPorts);
  }

  /** Leaves for good, with a close frame. */
  @Override
  public synchronized void close() {
    left = true;
    if (visitorConnection != null) {
      visitorConnection.close();
    }
    down();
  }

  String id() {
    return id;
  }

  Set<String> friends() {
    return friends;
  }

  Set<String> topics() {
    return channels.keySet();
  }

  /** Returns whether the visitor is connected, to any node. */
  synchronized boolean isOpen() {
    return open;
  }

  /** Returns whether the visitor is connected and shows a state on each channel. */
  synchronized boolean isReady() {
    return open && channels.values().stream().allMatch(channel -> channel.channelView().isFresh());
  }

  /** Looks at the page of a topic, while nothing changes. */
  synchronized <T> T presences(String topic, Function<PresenceChannelView, T> look) {
    return look.apply((PresenceChannelView) channel(topic).channelView());
  }

  /** Looks at the page of a count, while nothing changes. */
  synchronized <T> T counts(String topic, Function<CountChannelView, T> look) {
    return look.apply((CountChannelView) channel(topic).channelView());
  }

  /** Returns how connections ended, each by its close code or {@link VisitorConnection#REFUSED}. */
  synchronized List<Integer> closes() {
    return List.copyOf(closes);
  }

  /** Returns what a server should not have said. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }
}
