package org.rollcall.bench;

import java.util.stream.IntStream;

/**
 * Who is whose friend: users stand in a circle, and the friends of each stand some steps away to
 * both sides, so that friendships are mutual and friends do not join one after the other.
 *
 * @param users how many there are
 * @param each how many friends each has; an even number less than {@code users}
 */
record Friendships(int users, int each) {
  Friendships {
    if (each % 2 != 0 || each >= users) {
      throw new BenchFailure(
          "Expected an even number of friends, fewer than the "
              + users
              + " users, but got "
              + each);
    }
  }

  /** Returns the numbers of a user's friends. */
  int[] of(int user) {
    int stride = stride();
    return IntStream.rangeClosed(1, each / 2)
        .flatMap(
            step ->
                IntStream.of(
                    Math.floorMod(user - step * stride, users),
                    Math.floorMod(user + step * stride, users)))
        .toArray();
  }

  /** A step that meets all users before it meets the first one again. */
  private int stride() {
    int stride = Math.max(1, users / Math.max(1, each + 1));
    while (greatestDivisor(users, stride) != 1) {
      stride++;
    }
    return stride;
  }

  private static int greatestDivisor(int one, int other) {
    return other == 0 ? one : greatestDivisor(other, one % other);
  }
}
