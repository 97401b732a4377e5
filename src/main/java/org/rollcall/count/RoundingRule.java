package org.rollcall.count;

import java.util.function.IntUnaryOperator;

/**
 * The rule by which a number that is shown follows the truth: it is always a multiple of a step,
 * and moves to another one when the truth passes a threshold that is drawn by lot each time.
 *
 * <p>A shown number stays at least while the truth is less than a step above it, for every draw, so
 * one that nobody moves does not waver. Beyond that, where it rises is any number up to a step
 * further, and where it falls any number down to a step below, all equally likely. An attacker who
 * adds connections to a count until it moves learns the truth no closer than that from one move;
 * many moves, one a period, tell more.
 *
 * <p>Zero falls to zero: a truth of nobody is never shown as somebody.
 *
 * @param step the least number that is shown, and the distance between two
 * @param lot returns a number from 0 to below its argument, which nobody can guess
 */
record RoundingRule(int step, IntUnaryOperator lot) {

  /** Returns what is shown next of both kinds. */
  Count next(Count shown, Count truth) {
    return new Count(next(shown.viewers(), truth.viewers()), next(shown.users(), truth.users()));
  }

  private int next(int shown, int truth) {
    int drawn = lot.applyAsInt(step);
    if (truth - drawn >= shown + step) {
      return multiple(truth - drawn);
    }
    return truth + drawn < shown ? multiple(truth + drawn) : shown;
  }

  private int multiple(int number) {
    return number / step * step;
  }
}
