package org.rollcall.cluster;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One node's replica of a cache: the elements that this node owns, and those of other nodes.
 *
 * <p>In most caches every element has an owner, whose value is the true one. In a cache without
 * owners, a replica may name another node as the owner of all elements.
 *
 * <p>Safe for many threads. The visits do not wait, and see the elements of about this moment.
 *
 * @param <T> an element of the cache, id and value; compared by equals
 */
public interface Replica<T> {
  /** Passes every element that this node owns, whether or not it is written yet. */
  void forEachOwn(Consumer<T> visitor);

  /** Passes every element in this replica, with its owner. */
  void forEach(BiConsumer<String, T> visitor);

  /** Returns whether another node may own elements; if not, it is not asked. */
  default boolean isOf(String node) {
    return true;
  }

  /** Returns how many looks in a row have to find a difference before it is repaired. */
  default int looks() {
    return 3;
  }

  /** Returns a hash of an element's key. */
  long id(T element);

  /** Returns a hash of an element's value; never {@link Reconciler#LOOSE}. */
  long value(T element);

  /** Returns whether others must have an own element: not if one of them may have taken it over. */
  boolean isFirm(T element);

  /** Writes an own element again, if this node still owns it. May wait for other nodes. */
  void write(T element);

  /**
   * Settles an element of this replica that its owner does not have, if it still has this value:
   * removes it from this replica only. In a cache without owners, writes it to all replicas
   * instead. May wait for other nodes. Returns whether it did so.
   */
  boolean settle(T element);
}
