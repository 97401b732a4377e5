package org.rollcall.infinispan;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Replica;
import org.rollcall.count.NodeCount;

/**
 * This node's replica of all counts, and the counts that this node has published. Safe for many
 * threads.
 */
final class CountReplica implements Replica<CountReplica.Stored> {
  private final CountWriter writer;
  private final Cache<InfinispanCountStore.Key, NodeCount> here;
  private final String self;

  /** A node's count with its key. */
  record Stored(InfinispanCountStore.Key key, NodeCount nodeCount) {}

  CountReplica(CountWriter writer, Cache<InfinispanCountStore.Key, NodeCount> cache, String self) {
    this.writer = writer;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.self = self;
  }

  @Override
  public void forEachOwn(Consumer<Stored> visitor) {
    writer.forEach(
        (topic, nodeCount) ->
            visitor.accept(new Stored(new InfinispanCountStore.Key(topic, self), nodeCount)));
  }

  @Override
  public void forEach(BiConsumer<String, Stored> visitor) {
    for (Map.Entry<InfinispanCountStore.Key, NodeCount> entry : here.entrySet()) {
      visitor.accept(entry.getKey().node(), new Stored(entry.getKey(), entry.getValue()));
    }
  }

  @Override
  public long id(Stored stored) {
    return Digest.hash(stored.key.topic().name());
  }

  @Override
  public long value(Stored stored) {
    return Digest.hash(ProtoAdapters.text(stored.nodeCount));
  }

  @Override
  public boolean isFirm(Stored stored) {
    return writer.isFirm(stored.key.topic());
  }

  @Override
  public void write(Stored stored) {
    writer.write(stored.key.topic());
  }

  @Override
  public boolean settle(Stored stored) {
    return here.remove(stored.key, stored.nodeCount);
  }
}
