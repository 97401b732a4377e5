package org.rollcall.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.cluster.Membership;
import org.rollcall.count.CountStore;
import org.rollcall.count.NodeCount;
import org.rollcall.count.OtherNodes;
import org.rollcall.presence.Topic;

/**
 * The counts of each node in an Infinispan cache.
 *
 * <p>The counts that this node published last are the truth of its counts; {@link #audit} compares
 * the cache with them.
 *
 * <p>Safe for many threads: {@link #publish} and {@link #others} are called by fan-out threads and
 * workers and wait for nobody, {@link #audit} by one worker at a time.
 */
public final class InfinispanCountStore implements CountStore {
  private static final Logger LOG = System.getLogger(InfinispanCountStore.class.getName());

  private final Cache<Key, NodeCount> cache;
  private final Cache<Key, NodeCount> here;
  private final Cache<Key, NodeCount> removing;
  private final Membership members;
  private final CountWriter writer = new CountWriter(this::write);
  private final LongAdder repairs = new LongAdder();

  /** The key of a node's count of one topic. */
  record Key(Topic topic, String node) {
    /** The same in every JVM. */
    @Override
    public int hashCode() {
      return 31 * topic.hashCode() + node.hashCode();
    }
  }

  InfinispanCountStore(Cache<Key, NodeCount> cache, Membership members) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.removing = CacheConfigurations.removing(cache);
    this.members = members;
  }

  @Override
  public void publish(Topic topic, NodeCount nodeCount) {
    writer.publish(topic, nodeCount);
  }

  private CompletableFuture<NodeCount> write(Topic topic, NodeCount nodeCount) {
    Key key = new Key(topic, members.self());
    return nodeCount.isNone() ? removing.removeAsync(key) : cache.putAsync(key, nodeCount);
  }

  /** Returns the writer of this node's counts. */
  CountWriter writer() {
    return writer;
  }

  /** Returns this node's replica of all counts. */
  CountReplica replica() {
    return new CountReplica(writer, cache, members.self());
  }

  /**
   * Waits until the other nodes have what was published, for as long as two writes take at most.
   */
  public void awaitWritten() {
    writer.whenWritten().join();
  }

  @Override
  public OtherNodes others(Topic topic) {
    List<String> up = new ArrayList<>(members.up());
    Set<String> going = new HashSet<>(members.table().down());
    up.forEach(going::remove);
    Set<String> known = new HashSet<>(members.table().out());
    up.forEach(known::remove);
    up.remove(members.self());
    for (String node : up) {
      if (members.isLeaving(node)) {
        going.add(node);
      }
    }
    // A node that was cut off and is up again counts for itself.
    up.removeAll(going);
    known.addAll(going);
    boolean leaving = members.isLeaving(members.self());
    if (leaving) {
      known.add(members.self());
    }
    OtherNodes otherNodes =
        OtherNodes.besides(known)
            .crashed(going.stream().filter(members::hasCrashed).collect(Collectors.toSet()));
    List<NodeCount> away = new ArrayList<>(going.size());
    for (String node : going) {
      NodeCount nodeCount = nodeCount(topic, node);
      otherNodes = otherNodes.plusMissing(node, nodeCount);
      away.add(nodeCount);
    }
    for (NodeCount nodeCount : away) {
      otherNodes = otherNodes.lessReturned(nodeCount, members.self());
    }
    for (String node : up) {
      otherNodes = otherNodes.plusUp(nodeCount(topic, node), members.self());
    }
    return leaving ? otherNodes : otherNodes.toStaying();
  }

  @Override
  public Set<Topic> topics() {
    Set<Topic> topics = new HashSet<>();
    here.keySet().forEach(key -> topics.add(key.topic()));
    return topics;
  }

  private NodeCount nodeCount(Topic topic, String node) {
    @Nullable NodeCount nodeCount = cache.get(new Key(topic, node));
    return nodeCount == null ? NodeCount.NONE : nodeCount;
  }

  /**
   * Writes this node's counts again if a write has failed or the cache has another value, and drops
   * the counts of REMOVED nodes from this replica. Called by one worker at a time.
   */
  void audit(ClusterAuditor.Audit audit) {
    writer.missed().forEach(writer::write);
    Set<Topic> suspects = new HashSet<>();
    List<Map.Entry<Key, NodeCount>> left = new ArrayList<>();
    for (Map.Entry<Key, NodeCount> stored : here.entrySet()) {
      Key key = stored.getKey();
      if (key.node().equals(members.self())) {
        if (!stored.getValue().equals(writer.published(key.topic()))) {
          suspects.add(key.topic());
        }
      } else if (!members.isUp(key.node())) {
        left.add(stored);
      }
    }
    // The table decides now until when an owner counts that it did not know yet. Counts are dropped
    // only when the table has removed all nodes whose time is over: the counts of one node may say
    // which users of another have come back.
    left.stream()
        .filter(stored -> audit.isOver(stored.getKey().node()))
        .filter(stored -> members.table().isRemoved(stored.getKey().node()))
        // Every node cleans its own replica: after a merge replicas may differ.
        .forEach(stored -> here.remove(stored.getKey(), stored.getValue()));
    writer.forEach(
        (topic, nodeCount) -> {
          if (!nodeCount.equals(mine(topic))) {
            suspects.add(topic);
          }
        });
    long put =
        suspects.stream()
            .filter(topic -> writer.writeIf(topic, nodeCount -> !nodeCount.equals(mine(topic))))
            .count();
    if (put > 0) {
      repairs.add(put);
      LOG.log(Level.INFO, "Repaired {0} counts of this node", put);
    }
  }

  private NodeCount mine(Topic topic) {
    return here.getOrDefault(new Key(topic, members.self()), NodeCount.NONE);
  }

  /** Returns how many counts had to be written again since the start. */
  public long repairs() {
    return repairs.sum();
  }

  @Override
  public void listen(Consumer<Topic> changed) {
    CacheListener.add(
        cache,
        key -> {
          if (!key.node().equals(members.self())) {
            changed.accept(key.topic());
          }
        });
  }
}
