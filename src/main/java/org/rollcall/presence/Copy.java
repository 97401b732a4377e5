package org.rollcall.presence;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One node's copy of a replicated cache of which every thing has an owner: what this node stands
 * for, and what it has of others.
 *
 * <p>Safe for many threads. The visits wait for nobody and see what is there about now.
 *
 * @param <T> a thing of the cache, id and value; compared by equals
 */
public interface Copy<T> {
  /** Passes everything that this node stands for, whether or not it is written yet. */
  void forEachOwn(Consumer<T> visitor);

  /** Passes everything in this copy, with its owner. */
  void forEach(BiConsumer<String, T> visitor);

  /** Returns a hash of what a thing is filed under. */
  long id(T thing);

  /** Returns a hash of a thing's value; never {@link Reconciler#LOOSE}. */
  long value(T thing);

  /** Tells whether others must have an own thing: not if one of them may have taken it over. */
  boolean isFirm(T thing);

  /** Writes an own thing again, if this node still stands for it. May wait for other nodes. */
  void write(T thing);

  /** Removes another's thing from this copy only, if it still has this value. */
  boolean drop(T thing);
}
