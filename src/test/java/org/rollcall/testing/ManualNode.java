package org.rollcall.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.rollcall.RoomAccess;
import org.rollcall.channel.CountAdmission;
import org.rollcall.channel.TopicRouter;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.config.ChannelSettings;
import org.rollcall.config.Settings;
import org.rollcall.count.CountRounding;
import org.rollcall.count.CountRoundingRenewal;
import org.rollcall.count.Counts;
import org.rollcall.identity.User;
import org.rollcall.presence.GracePeriod;
import org.rollcall.presence.Tracker;
import org.rollcall.protocol.Serializer;
import org.rollcall.social.Visibility;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.socket.NodeExecutors;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;

/** A node's sockets in this process, whose threads and time are the test's. */
public final class ManualNode {
  private final NodeExecutors executors;
  private final ManualExecutor executor = new ManualExecutor();
  private final ManualExecutor asking = new ManualExecutor();
  private final MemoryStore entries = new MemoryStore();
  private final MemoryRules stored = new MemoryRules();
  private final TopicRouter router;
  private final VisibilityRules rules;
  private boolean holdingUp;
  private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
  private final Counts counts;
  private final CountRoundingRenewal renewal;
  private final SocketRegistry sockets;
  private long now = 1_000_000_000_000L;
  private long alarmsSet;

  private record Alarm(long at, long number, Runnable task) implements Comparable<Alarm> {
    @Override
    public int compareTo(Alarm other) {
      int first = Long.compare(at, other.at);
      return first == 0 ? Long.compare(number, other.number) : first;
    }
  }

  /** Creates a node of users who see whom the source says. */
  public ManualNode(Map<String, String> settings, FriendProvider friends) {
    this(settings, friends, Optional.empty());
  }

  /** Creates one whose application decides who may join rooms. */
  public ManualNode(
      Map<String, String> settings, FriendProvider friends, Optional<RoomAccess> rooms) {
    Settings read = Settings.read(name -> Optional.ofNullable(settings.get(name)));
    this.executors =
        new NodeExecutors(
            new NodeExecutors.Workers(executor, executor),
            executor,
            asking,
            this::later,
            () -> now);
    WorkerThreads tools = new WorkerThreads(executor, executor, this::later, () -> Instant.EPOCH);
    Tracker tracker = new Tracker(entries, Membership.alone("node-1"), GracePeriod.NONE, tools);
    this.rules = new VisibilityRules(stored, Optional.empty(), tools);
    ChannelSettings.Counting counting = read.channels().counting();
    CountRounding.Decided decided =
        new CountRounding.Decided(
            new MemoryShown(), counting.period(), () -> Instant.ofEpochSecond(0, now));
    this.counts =
        new Counts(
            new LoneCounts(),
            new Counts.Telling(
                counting.interval(), counting.isExact() ? CountRounding.NONE : decided),
            executor,
            this::later,
            () -> now);
    this.renewal =
        new CountRoundingRenewal(
            counts,
            decided,
            new CountRoundingRenewal.Step(counting.step(), new Random(1)::nextInt),
            Membership.alone("node-1"),
            executor);
    this.router =
        new TopicRouter(
            read.channels(),
            new TopicRouter.Presences(
                tracker,
                new Visibility(friends, rules, false),
                token -> Optional.empty(),
                () -> Instant.EPOCH,
                read.channels().limits().lengths()),
            new CountAdmission(counts, read.channels().limits().budgets()),
            rooms,
            executors);
    this.sockets = new SocketRegistry(router, executors, read.channels(), user -> true);
    rules.listen(users -> users.forEach(sockets::rulesChanged));
  }

  /** Creates a node of users without friends. */
  public ManualNode(Map<String, String> settings) {
    this(settings, user -> Set.of());
  }

  private void later(Runnable task, Duration delay) {
    alarms.add(new Alarm(now + delay.toNanos(), alarmsSet++, task));
  }

  /** Returns the memory of entries. */
  public MemoryStore entries() {
    return entries;
  }

  /** Connects a client of version 2. */
  public LocalPeer connect(Optional<String> user) {
    return connect(user, Serializer.V2);
  }

  /** Connects a client. */
  public LocalPeer connect(Optional<String> user, Serializer serializer) {
    Optional<User> known =
        user.map(
            id ->
                new User(
                    id,
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    User.Grant.until(Instant.MAX)));
    return connect(new Socket.Client(known, serializer));
  }

  /** Connects any client. */
  public LocalPeer connect(Socket.Client client) {
    LocalPeer peer = new LocalPeer();
    peer.opened(sockets.open(client, peer));
    return peer;
  }

  /** Closes the idle and the slow, as a node does every second. */
  public void check() {
    sockets.check();
    pass(Duration.ZERO);
  }

  /** Looks whether another period has begun, as a node does every second. */
  public void look() {
    renewal.tick();
    pass(Duration.ZERO);
  }

  /** Lets time pass. What becomes due is done at its moment, the rest of what is to do before. */
  public void pass(Duration time) {
    long end = now + time.toNanos();
    runAll();
    while (!alarms.isEmpty() && alarms.peek().at() <= end) {
      Alarm next = alarms.remove();
      now = Math.max(now, next.at());
      next.task().run();
      runAll();
    }
    now = end;
  }

  private void runAll() {
    executor.runAll();
    while (!holdingUp && asking.size() > 0) {
      asking.runAll();
      executor.runAll();
    }
  }

  /** Has the threads that ask and wait do nothing for now, or go on. */
  public void holdUp(boolean waiting) {
    holdingUp = waiting;
  }

  /** Returns how many threads would ask and wait, if they were not held up. */
  public int asking() {
    return asking.size();
  }

  /** Does all that is to be done now, and returns what a client has got since it was asked last. */
  public List<String> answers(LocalPeer peer) {
    pass(Duration.ZERO);
    return peer.takeAll();
  }

  /** Returns how many alarms wait. */
  public int alarms() {
    return alarms.size();
  }

  /** Returns how many are here. */
  public Counts counts() {
    return counts;
  }

  /** Returns the rules. */
  public VisibilityRules rules() {
    return rules;
  }

  /** Returns the memory of the rules. */
  public MemoryRules stored() {
    return stored;
  }

  /** Returns what finds channels. */
  public TopicRouter router() {
    return router;
  }

  /** Returns the threads, which are the test's. */
  public NodeExecutors executors() {
    return executors;
  }

  /** Returns the sockets. */
  public SocketRegistry sockets() {
    return sockets;
  }
}
