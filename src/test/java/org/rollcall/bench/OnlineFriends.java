package org.rollcall.bench;

import java.util.Arrays;

/**
 * Who is online as one client was told, by user and {@code phx_ref}: a join that comes twice counts
 * once, and a leave of an old connection leaves the new one.
 */
final class OnlineFriends {
  private long[] entries = new long[4];
  private int size;

  /** Takes a meta in, and returns whether the user has come online. */
  boolean join(int user, String ref) {
    long entry = entry(user, ref);
    boolean known = isOnline(user);
    if (indexOf(entry) < 0) {
      if (size == entries.length) {
        entries = Arrays.copyOf(entries, 2 * size);
      }
      entries[size++] = entry;
    }
    return !known;
  }

  /** Takes a meta out, and returns whether the user has gone offline. */
  boolean leave(int user, String ref) {
    int index = indexOf(entry(user, ref));
    if (index < 0) {
      return false;
    }
    entries[index] = entries[--size];
    return !isOnline(user);
  }

  boolean isOnline(int user) {
    for (int i = 0; i < size; i++) {
      if ((int) (entries[i] >> Integer.SIZE) == user) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many users are online. */
  int count() {
    return (int)
        Arrays.stream(entries, 0, size).map(entry -> entry >> Integer.SIZE).distinct().count();
  }

  void clear() {
    size = 0;
  }

  private int indexOf(long entry) {
    for (int i = 0; i < size; i++) {
      if (entries[i] == entry) {
        return i;
      }
    }
    return -1;
  }

  private static long entry(int user, String ref) {
    return ((long) user << Integer.SIZE) | (ref.hashCode() & 0xffff_ffffL);
  }
}
