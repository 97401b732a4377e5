package org.rollcall.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.rollcall.cluster.Digest;
import org.rollcall.cluster.Membership;
import org.rollcall.cluster.Reconciler;
import org.rollcall.cluster.Replica;

/**
 * This node's copy of a cache in which nothing has an owner: what any node has, all should have.
 *
 * <p>Each node holds its copy against that of the senior in the view. What the senior lacks, the
 * other has all copies hold; what the other lacks or has otherwise, the senior writes again. A
 * write may take as long as it takes to find out that a node hangs, and a thing that is removed
 * must not come back, so a difference has to last for longer than that.
 *
 * <p>Safe for many threads. The visits wait for nobody.
 *
 * @param <T> a thing of the cache
 */
abstract class UnownedReplica<T> implements Replica<T> {
  private static final Logger LOG = System.getLogger(UnownedReplica.class.getName());

  /** Looks follow each other at 400 milliseconds: ten seconds. */
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
    forEachOwn(thing -> visitor.accept(senior, thing));
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
  public final boolean isFirm(T thing) {
    return true;
  }

  @Override
  public final void write(T thing) {
    boolean unused = settle(thing);
  }

  @Override
  public final boolean settle(T thing) {
    try {
      hold(thing);
      return true;
    } catch (RuntimeException e) {
      // The view is changing: if it is still so after that, another look finds it.
      LOG.log(Level.DEBUG, "Not every copy could be made to hold a thing", e);
      return false;
    }
  }

  /** Has all copies hold a thing. Waits for other nodes; throws if it cannot reach them. */
  abstract void hold(T thing);
}
