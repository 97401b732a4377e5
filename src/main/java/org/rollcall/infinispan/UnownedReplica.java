package org.rollcall.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Membership;
import org.rollcall.cluster.Reconciler;
import org.rollcall.cluster.Replica;

/**
 * This node's replica of a cache in which no entry has an owner: an entry that any node has, all
 * nodes must have.
 *
 * <p>Each node compares its replica with that of the senior in the view. An entry that the senior
 * lacks, the other node writes to all replicas. An entry that the other node lacks, or has with
 * another value, the senior writes again. A write may take as long as it takes to detect that a
 * node hangs, and a removed entry must not come back, so a difference is repaired only after it has
 * lasted for longer than that.
 *
 * <p>Safe for many threads. The visits wait for nobody.
 *
 * @param <T> an entry of the cache
 */
abstract class UnownedReplica<T> implements Replica<T> {
  private static final Logger LOG = System.getLogger(UnownedReplica.class.getName());

  /** So many looks, 400 milliseconds apart, take ten seconds. */
  private static final int LOOKS = 25;

  private final Membership members;

  UnownedReplica(Membership members) {
    this.members = members;
  }

  private String senior() {
    return members.up().get(0);
  }

  @Override
  public final void forEach(BiConsumer<String, T> visitor) {
    String senior = senior();
    forEachOwn(entry -> visitor.accept(senior, entry));
  }

  @Override
  public final boolean isOf(String node) {
    return node.equals(senior());
  }

  @Override
  public final int looks() {
    return LOOKS;
  }

  /** Returns a hash of a value's texts. */
  static long valueOf(String... texts) {
    long hash = Digest.hash(texts);
    return hash == Reconciler.LOOSE ? 1 : hash;
  }

  @Override
  public final boolean isFirm(T entry) {
    return true;
  }

  @Override
  public final void write(T entry) {
    boolean unused = settle(entry);
  }

  @Override
  public final boolean settle(T entry) {
    try {
      hold(entry);
      return true;
    } catch (RuntimeException e) {
      // The view is changing. If the difference lasts, another look finds it.
      LOG.log(Level.DEBUG, "An entry could not be written to every replica", e);
      return false;
    }
  }

  /** Writes an entry to all replicas. Waits for other nodes; throws if it cannot reach them. */
  abstract void hold(T entry);
}
