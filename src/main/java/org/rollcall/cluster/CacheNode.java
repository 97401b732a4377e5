package org.rollcall.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;
import org.rollcall.count.Share;
import org.rollcall.identity.Logout;
import org.rollcall.identity.Logouts;
import org.rollcall.presence.Cluster;
import org.rollcall.presence.Entry;
import org.rollcall.presence.Members;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Rule;
import org.rollcall.social.Rules;

/**
 * This node's Infinispan: one cache manager, one cache each for entries, shares of counts, what is
 * shown of counts, rules and log-outs, replicated to all nodes of the cluster.
 *
 * <p>Storage is plain Java objects, so a read copies nothing. After a partition both sides go on;
 * what a merge lost or brought back is put right by {@link org.rollcall.presence.Steward}, {@link
 * Copies} and {@link #audit}.
 */
public final class CacheNode implements AutoCloseable {
  private static final String CLUSTER = "rollcall";
  private static final long SYNC_SECONDS = 20;

  private final EmbeddedCacheManager manager;
  private final @Nullable JChannel channel;
  private final Members members;
  private final CachePresenceStore entries;
  private final CacheCountStore shares;
  private final CacheRuleStore rules;
  private final CacheLogoutStore logouts;
  private final ShareCopy shareCopy;
  private final Register register;
  private final Errands errands;

  private CacheNode(
      EmbeddedCacheManager manager, @Nullable JChannel channel, Members members, String name) {
    this.channel = channel;
    this.manager = manager;
    this.members = members;
    this.errands = new Errands(manager);
    this.register = new Register(manager.getCache(Caches.NODES), members, name);
    register.enter(name);
    Cache<Entry.Id, Entry> presence = manager.getCache(Caches.ENTRIES);
    Cache<CacheCountStore.Key, Share> counts = manager.getCache(Caches.SHARES);
    Cache<Rule, Long> known = manager.getCache(Caches.RULES);
    Cache<String, Logout> ended = manager.getCache(Caches.LOGOUTS);
    if (members instanceof ViewMembers view) {
      view.read(register);
      List.of(presence, counts, known, ended)
          .forEach(cache -> cache.addListener(new ViewMembers.Transfers(view)));
    }
    this.entries = new CachePresenceStore(presence);
    this.shares = new CacheCountStore(counts, members);
    this.rules = new CacheRuleStore(known, members);
    this.logouts = new CacheLogoutStore(ended);
    this.shareCopy = new ShareCopy(shares.writer(), counts, members.self());
  }

  /**
   * Starts a node, alone or in a cluster.
   *
   * @throws WrongSetting if the cluster does not take it in
   */
  public static CacheNode start(Settings.Node node) {
    return node.cluster().kind() == ClusterSettings.Kind.LOCAL ? alone(node) : among(node);
  }

  private static CacheNode alone(Settings.Node node) {
    GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
    EmbeddedCacheManager manager = Caches.manager(global);
    Caches.define(manager, CacheMode.LOCAL);
    return new CacheNode(manager, null, Members.alone(node.name()), node.name());
  }

  private static CacheNode among(Settings.Node node) {
    JChannel channel;
    try {
      channel = Stack.channel(node.cluster());
    } catch (WrongSetting e) {
      throw e;
    } catch (Exception e) {
      throw unusable(node, e);
    }
    GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
    global
        .transport()
        .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, new OwnChannel(channel))
        .clusterName(CLUSTER)
        // A tenth of it is what a coordinator waits for an answer that a merge has lost, before it
        // asks again; until then no cache spans both halves.
        .distributedSyncTimeout(SYNC_SECONDS, TimeUnit.SECONDS)
        .nodeName(node.name());
    global.serialization().addContextInitializer(new Words());
    EmbeddedCacheManager manager;
    try {
      manager = Caches.manager(global);
    } catch (RuntimeException e) {
      channel.close();
      throw unusable(node, e);
    }
    try {
      Caches.define(manager, CacheMode.REPL_SYNC);
      // The first cache connects the channel.
      Cache<String, String> nodes = manager.getCache(Caches.NODES);
      ViewMembers members = new ViewMembers(manager);
      // A registered node has passed.
      Company.check(channel, () -> members.up().stream().anyMatch(nodes::containsKey));
      TopologyCheck.start(manager, channel);
      return new CacheNode(manager, channel, members, node.name());
    } catch (InterruptedException e) {
      manager.stop();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the node joined the cluster", e);
    } catch (WrongSetting e) {
      manager.stop();
      throw e;
    } catch (RuntimeException e) {
      manager.stop();
      channel.close();
      throw unusable(node, e);
    }
  }

  private static WrongSetting unusable(Settings.Node node, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new WrongSetting(
        "rollcall.cluster",
        "a network that this node can use",
        node.cluster().stack() + " on " + node.cluster().address() + ": " + cause.getMessage());
  }

  /** Returns the nodes. */
  public Members members() {
    return members;
  }

  /** Tells whether this node can reach others at all; always, if there are none. */
  public boolean isConnected() {
    return channel == null || channel.isConnected();
  }

  /** Returns the memory of entries. */
  public CachePresenceStore entries() {
    return entries;
  }

  /** Returns the memory of counts. */
  public CacheCountStore shares() {
    return shares;
  }

  /** Returns the memory of rules. */
  public CacheRuleStore rules() {
    return rules;
  }

  /** Returns the memory of log-outs. */
  public CacheLogoutStore logouts() {
    return logouts;
  }

  /**
   * Puts names and shares right. Called by one worker at a time.
   *
   * @param over tells whether a node that is gone counts no more
   */
  public void audit(Predicate<String> over) {
    try {
      shares.audit(over);
    } finally {
      register.audit();
    }
  }

  /** Tells the other nodes whether this one stays. Waits for them. */
  public void announce(boolean stays) {
    register.announce(stays);
  }

  /**
   * Returns this node's copies, and lets other nodes compare theirs.
   *
   * @param tracker what this node tracks
   * @param known the rules that this node goes by
   * @param ended the log-outs that this node goes by
   */
  public Copies copies(Tracker tracker, Rules known, Logouts ended) {
    Copies copies = new Copies(errands, members, tracker);
    copies.addOwned("presence", tracker.copy());
    copies.addOwned("counts", shareCopy);
    copies.addUnowned("rules", new RuleCopy(rules, known, members));
    copies.addUnowned("logouts", new LogoutCopy(logouts, ended, members, tracker.tools().clock()));
    return copies;
  }

  /**
   * Returns all nodes, and lets them ask about this one.
   *
   * @param copies what this node has
   * @param repairs returns how much had to be put right since the start
   * @param workers pass answers on
   */
  public Cluster all(Copies copies, LongSupplier repairs, Executor workers) {
    WholeCluster cluster = new WholeCluster(errands, members, register, repairs, workers);
    cluster.open(copies);
    return cluster;
  }

  EmbeddedCacheManager manager() {
    return manager;
  }

  Register register() {
    return register;
  }

  /** Returns the channel to the other nodes, if there is one. */
  Optional<JChannel> channel() {
    return Optional.ofNullable(channel);
  }

  /** Leaves the cluster, and stops the caches and all threads. */
  @Override
  public void close() {
    manager.stop();
  }
}
