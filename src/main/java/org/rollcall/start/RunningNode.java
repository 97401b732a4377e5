package org.rollcall.start;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rollcall.channel.ChannelRouter;
import org.rollcall.channel.Pace;
import org.rollcall.channel.Sockets;
import org.rollcall.channel.Threads;
import org.rollcall.cluster.CacheNode;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;
import org.rollcall.count.Counts;
import org.rollcall.identity.SecretTokens;
import org.rollcall.identity.Tokens;
import org.rollcall.presence.Cluster;
import org.rollcall.presence.Grace;
import org.rollcall.presence.Members;
import org.rollcall.presence.Reconciler;
import org.rollcall.presence.Steward;
import org.rollcall.presence.Tracker;
import org.rollcall.social.FriendSource;
import org.rollcall.social.Visibility;

/**
 * One node, from start to close.
 *
 * <p>A start either works or throws. What can fail, the caches, comes first, so that a failed start
 * leaves no thread behind.
 */
public final class RunningNode implements AutoCloseable {
  private final NodeThreads threads;
  private final CacheNode cache;
  private final Tracker tracker;
  private final Steward steward;
  private final List<Reconciler<?>> reconcilers;
  private final Counts counts;
  private final Sockets sockets;
  private final Cluster cluster;
  private final Visibility visibility;
  private final Tokens tokens;
  private final Pace pace;

  /** Starts a node with these settings and this source of friends. */
  public RunningNode(Settings settings, FriendSource friends) {
    this.cache = CacheNode.start(settings.node());
    this.pace = Pace.within(settings.node().drain());
    this.threads = new NodeThreads(settings.node().cluster().kind() == ClusterSettings.Kind.LOCAL);
    Threads pools = threads.threads();
    Members members = cache.members();
    Grace grace = new Grace(settings.node().grace(), settings.node().graceAway());
    Tracker.Tools tools =
        new Tracker.Tools(pools.fanOut(), pools.workers(), threads::later, InstantSource.system());
    this.tracker = new Tracker(cache.entries(), members, grace, tools);
    this.counts =
        new Counts(
            cache.shares(),
            settings.channels().countsInterval(),
            pools.fanOut(),
            threads::later,
            pools.nanos());
    this.steward = new Steward(tracker, members, this::auditCounts);
    this.visibility = new Visibility(friends);
    this.tokens =
        settings.tokens().secret().<Tokens>map(SecretTokens::new).orElse(token -> Optional.empty());
    ChannelRouter router =
        new ChannelRouter(
            settings.channels(),
            new ChannelRouter.Presences(tracker, InstantSource.system()),
            counts,
            visibility,
            pools.asking());
    this.sockets = new Sockets(router, pools, settings.channels().connection(), this::stay);
    this.cluster = cache.all(tracker, this::repairs);
    cluster.hear(Cluster.DISCONNECT, sockets::disconnect);
    threads.everySecond(sockets::check);
    threads.everySecond(steward::tick);
    this.reconcilers = List.of(cache.reconciler(tracker), cache.shareReconciler(tools));
    reconcilers.forEach(reconciler -> threads.everySecond(reconciler::tick));
  }

  /** What is counted here is about to be on other nodes, or not after all. */
  private void stay(boolean stays) {
    if (stays) {
      counts.thaw();
    } else {
      counts.freeze();
    }
    cache.announce(stays);
  }

  private void auditCounts(Predicate<String> over) {
    cache.audit(over);
    counts.recount();
  }

  /** Closes all sockets little by little, then all threads, then the caches. */
  @Override
  public void close() {
    counts.freeze();
    cache.announce(false);
    sockets.drain(pace);
    threads.close();
    cache.close();
  }

  /** Returns who is here. */
  public Tracker tracker() {
    return tracker;
  }

  /** Returns how many entries and shares had to be put right since the start. */
  public long repairs() {
    return steward.repairs() + reconcilers.stream().mapToLong(Reconciler::repairs).sum();
  }

  /** Returns this node's caches. */
  public CacheNode caches() {
    return cache;
  }

  /** Returns all nodes. */
  public Cluster cluster() {
    return cluster;
  }

  /** Returns how many are here. */
  public Counts counts() {
    return counts;
  }

  /** Returns the living sockets. */
  public Sockets sockets() {
    return sockets;
  }

  /** Returns who may see whom. */
  public Visibility visibility() {
    return visibility;
  }

  /** Returns who is believed. */
  public Tokens tokens() {
    return tokens;
  }
}
