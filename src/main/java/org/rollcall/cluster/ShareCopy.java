package org.rollcall.cluster;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.rollcall.count.Share;
import org.rollcall.presence.Copy;
import org.rollcall.presence.Digest;

/**
 * This node's copy of all shares, and the shares that it published itself. Safe for many threads.
 */
final class ShareCopy implements Copy<ShareCopy.Stored> {
  private final ShareWriter writer;
  private final Cache<CacheCountStore.Key, Share> here;
  private final String self;

  /** A share with what it is filed under. */
  record Stored(CacheCountStore.Key key, Share share) {}

  ShareCopy(ShareWriter writer, Cache<CacheCountStore.Key, Share> cache, String self) {
    this.writer = writer;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.self = self;
  }

  @Override
  public void forEachOwn(Consumer<Stored> visitor) {
    writer.forEach(
        (topic, share) -> visitor.accept(new Stored(new CacheCountStore.Key(topic, self), share)));
  }

  @Override
  public void forEach(BiConsumer<String, Stored> visitor) {
    for (Map.Entry<CacheCountStore.Key, Share> entry : here.entrySet()) {
      visitor.accept(entry.getKey().node(), new Stored(entry.getKey(), entry.getValue()));
    }
  }

  @Override
  public long id(Stored stored) {
    return Digest.hash(stored.key.topic().name());
  }

  @Override
  public long value(Stored stored) {
    return Digest.hash(Words.text(stored.share));
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
    return here.remove(stored.key, stored.share);
  }
}
