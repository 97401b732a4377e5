package org.rollcall.infinispan;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.infinispan.Cache;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;
import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.cluster.Membership;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;
import org.rollcall.count.Counts;
import org.rollcall.count.NodeCount;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.infinispan.jgroups.JGroupsStack;
import org.rollcall.infinispan.jgroups.PreparedChannel;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;

/**
 * This node's Infinispan: one cache manager with the caches of {@link CacheConfigurations}, which
 * are replicated to every node of the cluster.
 *
 * <p>The caches hold plain Java objects, so a read copies nothing. In a partition both sides go on;
 * the audits repair the entries that a merge lost or brought back.
 */
public final class InfinispanNode implements AutoCloseable {
  private static final String CLUSTER = "rollcall";
  private static final long SYNC_SECONDS = 20;

  private final EmbeddedCacheManager manager;
  private final @Nullable JChannel channel;
  private final Membership members;
  private final InfinispanPresenceStore entries;
  private final InfinispanCountStore countStore;
  private final InfinispanRuleStore rules;
  private final InfinispanLogoutStore logouts;
  private final NodeRegistry registry;
  private final CommandDispatcher dispatcher;

  private InfinispanNode(
      EmbeddedCacheManager manager, @Nullable JChannel channel, Membership members, String name) {
    this.channel = channel;
    this.manager = manager;
    this.members = members;
    this.dispatcher = new CommandDispatcher(manager);
    this.registry = new NodeRegistry(manager.getCache(CacheConfigurations.NODES), members, name);
    registry.enter(name);
    Cache<PresenceEntry.Id, PresenceEntry> presence = manager.getCache(CacheConfigurations.ENTRIES);
    Cache<InfinispanCountStore.Key, NodeCount> counts =
        manager.getCache(CacheConfigurations.COUNTS);
    Cache<VisibilityRule, Long> known = manager.getCache(CacheConfigurations.RULES);
    Cache<String, Logout> ended = manager.getCache(CacheConfigurations.LOGOUTS);
    if (members instanceof ViewMembership view) {
      view.read(registry);
      List.of(presence, counts, known, ended)
          .forEach(cache -> cache.addListener(new ViewMembership.Transfers(view)));
    }
    this.entries = new InfinispanPresenceStore(presence);
    this.countStore = new InfinispanCountStore(counts, members);
    this.rules = new InfinispanRuleStore(known, members);
    this.logouts = new InfinispanLogoutStore(ended);
  }

  /**
   * Starts a node, alone or in a cluster.
   *
   * @throws WrongSetting if the cluster does not take it in
   */
  public static InfinispanNode start(Settings.Node node) {
    return node.cluster().kind() == ClusterSettings.Kind.LOCAL ? alone(node) : among(node);
  }

  private static InfinispanNode alone(Settings.Node node) {
    GlobalConfigurationBuilder global = new GlobalConfigurationBuilder().nonClusteredDefault();
    EmbeddedCacheManager manager = CacheConfigurations.manager(global);
    CacheConfigurations.define(manager, CacheMode.LOCAL);
    return new InfinispanNode(manager, null, Membership.alone(node.name()), node.name());
  }

  private static InfinispanNode among(Settings.Node node) {
    JChannel channel;
    try {
      channel = JGroupsStack.channel(node.cluster());
    } catch (WrongSetting e) {
      throw e;
    } catch (Exception e) {
      throw unusable(node, e);
    }
    GlobalConfigurationBuilder global = GlobalConfigurationBuilder.defaultClusteredBuilder();
    global
        .transport()
        .addProperty(JGroupsTransport.CHANNEL_CONFIGURATOR, new PreparedChannel(channel))
        .clusterName(CLUSTER)
        // A tenth of it is what a coordinator waits for an answer that a merge has lost, before it
        // asks again; until then no cache spans both halves.
        .distributedSyncTimeout(SYNC_SECONDS, TimeUnit.SECONDS)
        .nodeName(node.name());
    global.serialization().addContextInitializer(new ProtoAdapters());
    EmbeddedCacheManager manager;
    try {
      manager = CacheConfigurations.manager(global);
    } catch (RuntimeException e) {
      channel.close();
      throw unusable(node, e);
    }
    try {
      CacheConfigurations.define(manager, CacheMode.REPL_SYNC);
      // The first cache connects the channel.
      Cache<String, String> nodes = manager.getCache(CacheConfigurations.NODES);
      ViewMembership members = new ViewMembership(manager);
      // A registered node has passed.
      ClusterJoinCheck.check(channel, () -> members.up().stream().anyMatch(nodes::containsKey));
      StaleTopologyMonitor.start(manager, channel);
      return new InfinispanNode(manager, channel, members, node.name());
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

  /** Returns the nodes of the cluster, as this node sees them. */
  public Membership members() {
    return members;
  }

  /** Returns whether this node is connected to its cluster's network; true without one. */
  public boolean isConnected() {
    return channel == null || channel.isConnected();
  }

  /** Returns the store of entries. */
  public InfinispanPresenceStore entries() {
    return entries;
  }

  /** Returns the store of counts. */
  public InfinispanCountStore countStore() {
    return countStore;
  }

  /** Returns the store of rules. */
  public InfinispanRuleStore rules() {
    return rules;
  }

  /** Returns the store of log-outs. */
  public InfinispanLogoutStore logouts() {
    return logouts;
  }

  /** Audits this node's counted connections and the cache of counts, and counts again. */
  public void audit(Counts counts, ClusterAuditor.Audit audit) {
    counts.audit(audit.now());
    countStore.audit(audit);
    counts.recount();
  }

  /** Returns the step of the registrations; after entries and counts, which find DOWN nodes. */
  public ClusterAuditor.Step names() {
    return registry;
  }

  /** Announces to the other nodes whether this one stays. Waits for them. */
  public void announce(boolean stays) {
    registry.announce(stays);
  }

  /**
   * Returns this node's replicas, and lets other nodes compare theirs.
   *
   * @param tracker tracks this node's entries
   * @param known the rules in force on this node
   * @param ended the log-outs in force on this node
   */
  public Replicas replicas(Tracker tracker, VisibilityRules known, Logouts ended) {
    Replicas replicas = new Replicas(dispatcher, members, tracker);
    replicas.addOwned("presence", tracker.replica());
    replicas.addOwned("counts", countStore.replica());
    replicas.addUnowned("rules", new RuleReplica(rules, known, members));
    replicas.addUnowned(
        "logouts", new LogoutReplica(logouts, ended, members, tracker.tools().clock()));
    return replicas;
  }

  /**
   * Returns the messenger to all nodes, and answers requests for this node's report.
   *
   * @param replicas this node's replicas
   * @param repairs returns the number of repairs since the start
   * @param workers complete the futures of answers
   */
  public ClusterMessenger messenger(Replicas replicas, LongSupplier repairs, Executor workers) {
    InfinispanMessenger cluster =
        new InfinispanMessenger(dispatcher, members, registry, repairs, workers);
    cluster.open(replicas);
    return cluster;
  }

  EmbeddedCacheManager manager() {
    return manager;
  }

  NodeRegistry registry() {
    return registry;
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
