package org.rollcall.start;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.rollcall.channel.ChannelRouter;
import org.rollcall.channel.CountAdmission;
import org.rollcall.channel.Entrance;
import org.rollcall.channel.Pace;
import org.rollcall.channel.Refusals;
import org.rollcall.channel.Sockets;
import org.rollcall.channel.Threads;
import org.rollcall.cluster.CacheNode;
import org.rollcall.cluster.Copies;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;
import org.rollcall.count.Counts;
import org.rollcall.events.EventStreams;
import org.rollcall.health.Health;
import org.rollcall.identity.Logouts;
import org.rollcall.identity.Trust;
import org.rollcall.identity.User;
import org.rollcall.longpoll.LongPolls;
import org.rollcall.metrics.Meters;
import org.rollcall.presence.Cluster;
import org.rollcall.presence.Grace;
import org.rollcall.presence.Members;
import org.rollcall.presence.Steward;
import org.rollcall.presence.Tracker;
import org.rollcall.presence.WorkerThreads;
import org.rollcall.social.FriendSource;
import org.rollcall.social.RuleTable;
import org.rollcall.social.Rules;
import org.rollcall.social.RulesUnavailable;
import org.rollcall.social.Visibility;

/**
 * One node, from start to close.
 *
 * <p>A start either works or throws. What can fail, the caches, comes first, so that a failed start
 * leaves no thread behind.
 */
public final class RunningNode implements AutoCloseable {
  /** Handshakes that wait for their refusal hold a connection each, but no thread. */
  private static final int MOST_REFUSALS = 1000;

  /** Three looks of a reconciler and what a merge takes by itself are to be below five seconds. */
  private static final Duration RECONCILING = Duration.ofMillis(400);

  private final NodeMeters meters = new NodeMeters();
  private final NodeThreads threads;
  private final CacheNode cache;
  private final Tracker tracker;
  private final Steward steward;
  private final Copies copies;
  private final Counts counts;
  private final Entrance entrance;
  private final Refusals refusals;
  private final Sockets sockets;
  private final Service.Connections connections;
  private final Cluster cluster;
  private final Rules rules;
  private final Visibility visibility;
  private final Trust trust;
  private final Service service;
  private final Health.Node health;

  /**
   * Starts a node.
   *
   * @param friends knows whom a user may see
   * @param table keeps rules while no node is up, if there is a place for it
   */
  public RunningNode(Settings settings, FriendSource friends, Optional<RuleTable> table) {
    this.cache = CacheNode.start(settings.node());
    this.threads = new NodeThreads(settings.node().cluster().kind() == ClusterSettings.Kind.LOCAL);
    Threads pools = threads.threads();
    Members members = cache.members();
    Grace grace = new Grace(settings.node().grace(), settings.node().graceAway());
    WorkerThreads tools = threads.workers();
    Duration updates = settings.channels().limits().rates().updates();
    this.tracker = new Tracker(meters.timed(cache.entries()), members, grace, tools, updates);
    this.counts = NodeCounts.of(settings.channels().counting(), cache, threads, tools);
    this.steward = new Steward(tracker, members, this::auditCounts);
    this.rules = new Rules(cache.rules(), table, tools);
    this.visibility =
        new Visibility(meters.timed(friends), rules, settings.friends().rules().reciprocity());
    Logouts logouts = new Logouts(cache.logouts(), tools.clock(), pools.workers());
    this.trust =
        Trust.of(settings, logouts, pools.asking(), pools.nanos())
            .less(user -> rules.isBlocked(user.id()));
    threads.everySecond(trust::tick);
    CountAdmission admission = new CountAdmission(counts, settings.channels().limits().budgets());
    ChannelRouter.Presences presences =
        NodeRouter.presences(settings.channels(), tracker, visibility, trust);
    ChannelRouter router = new ChannelRouter(settings.channels(), presences, admission, pools);
    this.entrance =
        new Entrance(settings.web().door(), settings.channels().limits().budgets(), pools.nanos());
    this.refusals =
        new Refusals(
            new Refusals.Limits(settings.web().door().refusal(), MOST_REFUSALS),
            pools.workers(),
            threads::later);
    this.sockets = new Sockets(router, pools, settings.channels(), grace, this::isStillWelcome);
    this.connections =
        new Service.Connections(
            sockets,
            new LongPolls(sockets, pools),
            new EventStreams(counts, admission, pools),
            Pace.within(settings.node().drain()));
    this.service = new Service(tracker, counts, cache, connections, grace.longest());
    this.health = NodeHealth.of(service, cache, threads);
    this.copies = cache.copies(tracker, rules, logouts);
    this.cluster = cache.all(copies, this::repairs, pools.workers());
    Traces traces = new Traces(tracker, rules);
    tracker.conceal(traces::isConcealed);
    Evictions evictions = new Evictions(tracker, sockets, rules, traces);
    ClusterOrders.hear(cluster, evictions, sockets, visibility);
    LogoutWatch.begin(logouts, members, threads, evictions::logOut);
    rules.listen(evictions::rulesChanged);
    members.listen(rules::viewChanged);
    members.listen(traces::look);
    members.whenMet(rules::met);
    members.whenMet(sockets::askAgain);
    restore();
    threads.everySecond(sockets::check);
    threads.everySecond(connections.streams()::check);
    threads.everySecond(connections.polls()::check);
    threads.everySecond(router::check);
    threads.everySecond(entrance::check);
    threads.everySecond(steward::tick);
    threads.every(RECONCILING, copies::tick);
    meters.add(this);
  }

  private boolean isStillWelcome(User user) {
    return !trust.logouts().hasEnded(user) && !rules.isBlocked(user.id());
  }

  /** The first nodes of a cluster bring the rules along; later ones get them from these. */
  private void restore() {
    try {
      rules.restore();
    } catch (RulesUnavailable | RuntimeException e) {
      threads.close();
      cache.close();
      throw new IllegalStateException("The rules that hide users could not be read", e);
    }
  }

  private void auditCounts(Predicate<String> over) {
    counts.audit(tracker.tools().clock().instant());
    cache.audit(over);
    counts.recount();
  }

  /** Closes all sockets little by little, then all threads, then the caches. */
  @Override
  public void close() {
    try {
      service.end();
      refusals.close();
    } finally {
      threads.close();
      cache.close();
    }
  }

  /**
   * Closes all sockets little by little, and at once each that opens from now on, until {@link
   * #resume}.
   */
  public void suspend() {
    service.suspend();
  }

  /** Serves again after {@link #suspend}; does nothing else. */
  public void resume() {
    service.resume();
  }

  /** Returns the node's meters. */
  public Meters meters() {
    return meters.meters();
  }

  /** Returns what the node says of its health. */
  public Health.Node health() {
    return health;
  }

  /** Returns the tracker of presence. */
  public Tracker tracker() {
    return tracker;
  }

  /**
   * Returns how many entries, places, shares, rules and log-outs had to be put right since the
   * start.
   */
  public long repairs() {
    return steward.repairs() + counts.repairs() + cache.shares().repairs() + copies.repairs();
  }

  /** Returns this node's caches. */
  public CacheNode caches() {
    return cache;
  }

  /** Returns all nodes. */
  public Cluster cluster() {
    return cluster;
  }

  /** Returns the counts. */
  public Counts counts() {
    return counts;
  }

  /** Returns the limits of the handshake. */
  public Entrance entrance() {
    return entrance;
  }

  /** Returns the handshakes that wait for their refusal. */
  public Refusals refusals() {
    return refusals;
  }

  /** Returns the living sockets. */
  public Sockets sockets() {
    return sockets;
  }

  /** Returns all living connections. */
  Service.Connections connections() {
    return connections;
  }

  /** Returns the rule of visibility. */
  public Visibility visibility() {
    return visibility;
  }

  /** Returns the tokens that are accepted, and the log-outs. */
  public Trust trust() {
    return trust;
  }
}
