package org.rollcall.node;

import java.time.Duration;
import java.util.List;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.cdi.TrackedPresences;
import org.rollcall.channel.CountAdmission;
import org.rollcall.channel.TopicRouter;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;
import org.rollcall.count.Counts;
import org.rollcall.events.EventStreams;
import org.rollcall.health.Health;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.infinispan.InfinispanNode;
import org.rollcall.infinispan.Replicas;
import org.rollcall.longpoll.LongPolls;
import org.rollcall.metrics.Meters;
import org.rollcall.presence.GracePeriod;
import org.rollcall.presence.PresenceAuditor;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.socket.Drainer;
import org.rollcall.socket.NodeExecutors;
import org.rollcall.socket.SocketRegistry;

/**
 * One node, from start to close.
 *
 * <p>A start either works or throws. What can fail, the caches, comes first, so that a failed start
 * leaves no thread behind.
 */
public final class Node implements AutoCloseable {
  /** Three looks of a reconciler and the merge itself have to take less than five seconds. */
  private static final Duration RECONCILING = Duration.ofMillis(400);

  private final NodeMeters meters = new NodeMeters();
  private final NodeThreads threads;
  private final InfinispanNode cache;
  private final Tracker tracker;
  private final PresenceAuditor entries;
  private final ClusterAuditor auditor;
  private final Replicas replicas;
  private final Counts counts;
  private final ConnectionLimiter limiter;
  private final DelayedRefusals refusals;
  private final SocketRegistry sockets;
  private final NodeLifecycle.Connections connections;
  private final ClusterMessenger messenger;
  private final VisibilityRules rules;
  private final Visibility visibility;
  private final NodeTokens tokens;
  private final NodeLifecycle lifecycle;
  private final NodeHealth health;

  /**
   * Starts a node.
   *
   * @param sources the sources of friends and rules, and the decision who joins rooms
   */
  public Node(Settings settings, NodeSources sources) {
    this.cache = InfinispanNode.start(settings.node());
    this.threads = new NodeThreads(settings.node().cluster().kind() == ClusterSettings.Kind.LOCAL);
    NodeExecutors pools = threads.executors();
    WorkerThreads tools = threads.workers();
    GracePeriod grace = new GracePeriod(settings.node().grace(), settings.node().graceAway());
    // presence and count
    Duration updates = settings.channels().limits().rates().updates();
    this.tracker =
        new Tracker(meters.timed(cache.entries()), cache.members(), grace, tools, updates);
    this.counts = NodeCounts.of(settings.channels().counting(), cache, threads, tools);
    // social and identity
    this.rules = new VisibilityRules(cache.rules(), sources.table(), tools);
    this.visibility =
        new Visibility(
            meters.timed(sources.friends()), rules, settings.friends().rules().reciprocity());
    Logouts logouts = new Logouts(cache.logouts(), tools.clock(), pools.workers().all());
    this.tokens =
        NodeTokens.of(
            settings, logouts, user -> rules.isBlocked(user.id()), pools.asking(), pools.nanos());
    // admission
    this.limiter =
        new ConnectionLimiter(
            settings.web().connections(), settings.channels().limits().budgets(), pools.nanos());
    this.refusals = threads.refusals(settings.web().connections().refusal());
    // channel and socket, and the other edges
    CountAdmission admission = new CountAdmission(counts, settings.channels().limits().budgets());
    TopicRouter.Presences presences =
        NodeRouter.presences(settings.channels(), tracker, visibility, tokens.verifier());
    TopicRouter router =
        new TopicRouter(settings.channels(), presences, admission, sources.rooms(), pools);
    this.sockets = new SocketRegistry(router, pools, settings.channels(), this::isStillWelcome);
    this.connections = connections(settings, admission, pools);
    this.lifecycle = new NodeLifecycle(tracker, counts, cache, connections, grace.longest());
    this.health = new NodeHealth(lifecycle, cache, threads);
    // cluster
    this.replicas = cache.replicas(tracker, rules, logouts);
    this.messenger = cache.messenger(replicas, this::repairs, pools.workers().all());
    this.entries = new PresenceAuditor(tracker, cache.members());
    this.auditor = new ClusterAuditor(cache.members(), grace.lost(), tools, upkeep());
    restore();
    threads.everySecond(tokens::tick, sockets::check, connections.streams()::check);
    threads.everySecond(connections.polls()::check, router::check, limiter::check, auditor::tick);
    threads.every(RECONCILING, replicas::compare);
    meters.add(this);
  }

  private NodeLifecycle.Connections connections(
      Settings settings, CountAdmission admission, NodeExecutors pools) {
    return new NodeLifecycle.Connections(
        sockets,
        new LongPolls(sockets, pools),
        new EventStreams(counts, admission, pools),
        new TrackedPresences(tracker, counts, rules, settings.channels()),
        Drainer.within(settings.node().startAndStop().drain()));
  }

  /** Returns the steps that follow the view, in the order in which they are called. */
  private List<ClusterAuditor.Step> upkeep() {
    Evictions evictions = new Evictions(tracker, sockets, visibility);
    ClusterOrders.hear(messenger, evictions, sockets, visibility);
    rules.listen(evictions::rulesChanged);
    rules.listen(connections.tracked()::rulesChanged);
    return List.of(
        entries,
        ClusterAuditor.Step.onAudit(audit -> cache.audit(counts, audit)),
        cache.names(),
        replicas,
        new LogoutWatch(tokens.logouts(), tracker.tools().workers(), evictions::logOut),
        ClusterAuditor.Step.onChange(rules::viewChanged),
        ClusterAuditor.Step.onMeeting(rules::met),
        ClusterAuditor.Step.onChange(evictions::look),
        ClusterAuditor.Step.onMeeting(sockets::askAgain),
        health);
  }

  private boolean isStillWelcome(User user) {
    return !tokens.logouts().hasEnded(user) && !rules.isBlocked(user.id());
  }

  /** Puts the table's rules in force. The first node reads them; others get them from it. */
  private void restore() {
    try {
      rules.restore();
    } catch (RulesUnavailable | RuntimeException e) {
      threads.close();
      cache.close();
      throw new IllegalStateException("The rules that hide users could not be read", e);
    }
  }

  /** Closes all sockets little by little, then all threads, then the caches. */
  @Override
  public void close() {
    try {
      lifecycle.end();
      refusals.close();
    } finally {
      threads.close();
      cache.close();
    }
  }

  /** Closes all sockets little by little, and each that opens at once, until {@link #resume}. */
  public void suspend() {
    lifecycle.suspend();
  }

  /** Serves again after {@link #suspend}; does nothing else. */
  public void resume() {
    lifecycle.resume();
  }

  /** Returns the node's meters. */
  public Meters meters() {
    return meters.meters();
  }

  /** Returns the health of the node. */
  public Health.Node health() {
    return health.said();
  }

  /** Returns the tracker of presence. */
  public Tracker tracker() {
    return tracker;
  }

  /** Returns the number of repairs since the start: of entries, counts and replicas. */
  public long repairs() {
    return entries.repairs() + counts.repairs() + cache.countStore().repairs() + replicas.repairs();
  }

  /** Returns this node's caches. */
  public InfinispanNode caches() {
    return cache;
  }

  /** Returns the messenger to all nodes. */
  public ClusterMessenger messenger() {
    return messenger;
  }

  /** Returns the counts. */
  public Counts counts() {
    return counts;
  }

  /** Returns the limits of the handshake. */
  public ConnectionLimiter limiter() {
    return limiter;
  }

  /** Returns the handshakes that wait for their refusal. */
  public DelayedRefusals refusals() {
    return refusals;
  }

  /** Returns the open sockets. */
  public SocketRegistry sockets() {
    return sockets;
  }

  /** Returns all open connections. */
  NodeLifecycle.Connections connections() {
    return connections;
  }

  /** Returns who may see whom. */
  public Visibility visibility() {
    return visibility;
  }

  /** Returns the verification of tokens, and the log-outs. */
  public NodeTokens tokens() {
    return tokens;
  }
}
