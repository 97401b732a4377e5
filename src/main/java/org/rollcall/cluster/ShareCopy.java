package org.rollcall.cluster;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.rollcall.cluster.CacheCountStore.Share;
import org.rollcall.count.Count;
import org.rollcall.presence.Copy;
import org.rollcall.presence.Digest;

/** This node's copy of all shares, and those that it published itself. Safe for many threads. */
final class ShareCopy implements Copy<ShareCopy.Stored> {
  private final CacheCountStore store;
  private final Cache<Share, Count> here;
  private final String self;

  /** A share with what it is filed under. */
  record Stored(Share share, Count count) {}

  ShareCopy(CacheCountStore store, Cache<Share, Count> cache, String self) {
    this.store = store;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.self = self;
  }

  @Override
  public void forEachOwn(Consumer<Stored> visitor) {
    store.forEachPublished(
        (topic, count) -> visitor.accept(new Stored(new Share(topic, self), count)));
  }

  @Override
  public void forEach(BiConsumer<String, Stored> visitor) {
    for (Map.Entry<Share, Count> entry : here.entrySet()) {
      visitor.accept(entry.getKey().node(), new Stored(entry.getKey(), entry.getValue()));
    }
  }

  @Override
  public long id(Stored stored) {
    return Digest.hash(stored.share.topic().name());
  }

  @Override
  public long value(Stored stored) {
    // One more, as zero stands for something else.
    return 1 + ((long) stored.count.viewers() << 32) + stored.count.users();
  }

  @Override
  public boolean isFirm(Stored stored) {
    return true;
  }

  @Override
  public void write(Stored stored) {
    store.write(stored.share.topic());
  }

  @Override
  public boolean drop(Stored stored) {
    return here.remove(stored.share, stored.count);
  }
}
