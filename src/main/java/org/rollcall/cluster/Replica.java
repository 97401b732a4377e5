package org.rollcall.cluster;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One node's copy of a replicated cache: what this node stands for, and what it has of others.
 *
 * <p>Of most caches every thing has an owner, whose word is the truth. Where nothing has one, a
 * copy may have another node stand for all that is in it.
 *
 * <p>Safe for many threads. The visits wait for nobody and see what is there about now.
 *
 * @param <T> a thing of the cache, id and value; compared by equals
 */
public interface Replica<T> {
  /** Passes everything that this node stands for, whether or not it is written yet. */
  void forEachOwn(Consumer<T> visitor);

  /** Passes everything in this copy, with its owner. */
  void forEach(BiConsumer<String, T> visitor);

  /** Tells whether another node stands for anything: if not, it is not asked. */
  default boolean isOf(String node) {
    return true;
  }

  /** Returns how many looks in a row have to find a difference before something is done. */
  default int looks() {
    return 3;
  }

  /** Returns a hash of what a thing is filed under. */
  long id(T thing);

  /** Returns a hash of a thing's value; never {@link Reconciler#LOOSE}. */
  long value(T thing);

  /** Tells whether others must have an own thing: not if one of them may have taken it over. */
  boolean isFirm(T thing);

  /** Writes an own thing again, if this node still stands for it. May wait for other nodes. */
  void write(T thing);

  /**
   * Settles a thing of this copy that its owner does not stand for, if it still has this value:
   * removes it from this copy only, or, where nothing has an owner, has all copies hold it. May
   * wait for other nodes. Tells whether something was done.
   */
  boolean settle(T thing);
}
