package org.rollcall.concurrent;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An amount that many connections share. It may be a part of a larger budget: an address has a part
 * of the node's.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class Budget {
  private final long most;
  private final @Nullable Budget whole;
  private final AtomicLong taken = new AtomicLong();

  /** Creates a budget of which nothing is taken. */
  public Budget(long most) {
    this(most, null);
  }

  private Budget(long most, @Nullable Budget whole) {
    this.most = most;
    this.whole = whole;
  }

  /**
   * Creates a part of this budget: an amount that is taken of the part is taken of this budget too.
   */
  public Budget part(long mostOfPart) {
    return new Budget(mostOfPart, this);
  }

  /** Takes an amount, if so much is left. Returns whether it was taken. */
  public boolean take(int amount) {
    // Not taken and given back: meanwhile others would find less than there is.
    for (long before = taken.get(); before + amount <= most; before = taken.get()) {
      if (taken.compareAndSet(before, before + amount)) {
        if (whole == null || whole.take(amount)) {
          return true;
        }
        taken.addAndGet(-amount);
        return false;
      }
    }
    return false;
  }

  /** Gives an amount back that was taken. */
  public void give(int amount) {
    taken.addAndGet(-amount);
    if (whole != null) {
      whole.give(amount);
    }
  }

  /** Returns how much is taken. */
  public long taken() {
    return taken.get();
  }
}
