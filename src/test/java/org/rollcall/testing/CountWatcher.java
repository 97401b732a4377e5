package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;

/** Adds a count up as a client does, and fails on a diff that does not fit. */
public final class CountWatcher implements CountSubscriber {
  private Count shown = Count.ZERO;
  private String wrong = "";
  private int diffs;

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public synchronized void onState(Count state) {
    shown = state;
  }

  @Override
  public synchronized void onDiff(Change change) {
    if (!change.from().equals(shown)) {
      wrong = "a diff from " + change.from() + " told to one that shows " + shown;
    }
    shown = change.to();
    diffs++;
  }

  /** Returns how many diffs it got. */
  public synchronized int diffs() {
    return diffs;
  }

  /** Returns the count that the client shows. */
  public synchronized Count shown() {
    assertThat(wrong).isEmpty();
    return shown;
  }
}
