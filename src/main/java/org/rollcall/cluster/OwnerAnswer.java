package org.rollcall.cluster;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ThrottledWarning;

/**
 * An owner's answer to a {@link Digest} of its elements, as {@link Reconciler#answer} makes it.
 *
 * @param buckets the buckets that differ
 * @param claims for each of the owner's elements in them, by a hash of its id, a hash of its value
 */
@SuppressWarnings("ArrayRecordComponent")
record OwnerAnswer(boolean[] buckets, Map<Long, Long> claims) {
  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if the numbers are not an answer
   */
  static OwnerAnswer of(long[] numbers) {
    long differing = numbers.length == 0 ? -1 : numbers[0];
    if (differing < 0 || differing > Digest.BUCKETS || differing >= numbers.length) {
      throw new IllegalArgumentException(
          "expected a number of buckets and these, but got " + numbers.length + " numbers");
    }
    boolean[] buckets = new boolean[Digest.BUCKETS];
    int end = 1 + (int) differing;
    for (int i = 1; i < end; i++) {
      if (numbers[i] < 0 || numbers[i] >= Digest.BUCKETS) {
        throw new IllegalArgumentException(
            "expected a bucket below " + Digest.BUCKETS + ", but got " + numbers[i]);
      }
      buckets[(int) numbers[i]] = true;
    }
    Map<Long, Long> claims = new HashMap<>();
    for (int i = end; i + 1 < numbers.length; i += 2) {
      claims.put(numbers[i], numbers[i + 1]);
    }
    return new OwnerAnswer(buckets, claims);
  }

  /** Reads an answer. Returns null, and warns, if the numbers are not an answer. */
  static @Nullable OwnerAnswer read(long[] numbers, ThrottledWarning warning) {
    try {
      return of(numbers);
    } catch (IllegalArgumentException e) {
      warning.log("The answer of an owner is refused: " + e.getMessage());
      return null;
    }
  }

  /** Returns whether an element is in a bucket that differs. */
  boolean isAbout(long id) {
    return buckets[Digest.bucket(id)];
  }

  /** Returns whether nothing differs. */
  boolean isSame() {
    for (boolean bucket : buckets) {
      if (bucket) {
        return false;
      }
    }
    return true;
  }
}
