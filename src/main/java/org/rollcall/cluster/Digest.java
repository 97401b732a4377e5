package org.rollcall.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A short summary of the contents of a replica: equal contents have equal digests.
 *
 * <p>Each element falls into a bucket by its id, and each bucket is a sum. So the order of adding
 * does not matter, and two digests show in which buckets they differ. Sums of hashes may hide a
 * difference by chance: about one change in 4 &times; 10<sup>9</sup>.
 *
 * <p>Not safe for many threads.
 */
public final class Digest {
  /** The number of buckets. */
  public static final int BUCKETS = 256;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long[] sums;

  /** Creates the digest of an empty replica. */
  public Digest() {
    this(new long[BUCKETS]);
  }

  private Digest(long[] sums) {
    this.sums = sums;
  }

  /**
   * Returns the digest with these sums.
   *
   * @throws IllegalArgumentException if there are not as many as buckets
   */
  static Digest of(long[] sums) {
    if (sums.length != BUCKETS) {
      throw new IllegalArgumentException("expected 256 sums, but got " + sums.length);
    }
    return new Digest(sums.clone());
  }

  /** Returns a hash of texts, with a separator after each (FNV-1a, then mixed). */
  public static long hash(String... texts) {
    long hash = FNV_OFFSET;
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * FNV_PRIME;
      }
      hash = (hash ^ 0xffff) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** Returns a hash of which each bit depends on all bits of the argument. */
  public static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 32)) * 0xd6e8feb86659fd93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
    return mixed ^ (mixed >>> 32);
  }

  /** Returns the bucket of an id. */
  static int bucket(long id) {
    return (int) (id >>> 56);
  }

  /** Adds an element, by hashes of its id and of its value. */
  public void add(long id, long value) {
    sums[bucket(id)] += mix(id * 31 + value);
  }

  /** Returns the sums of the buckets. */
  long[] sums() {
    return sums.clone();
  }

  /** Returns the buckets in which the other differs. */
  List<Integer> differences(Digest other) {
    List<Integer> differing = new ArrayList<>(0);
    for (int i = 0; i < BUCKETS; i++) {
      if (sums[i] != other.sums[i]) {
        differing.add(i);
      }
    }
    return differing;
  }

  /** Returns a hash of all buckets. */
  public long whole() {
    long all = 0;
    for (long sum : sums) {
      all = mix(all * 31 + sum);
    }
    return all;
  }
}
