package org.rollcall.count;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rollcall.presence.Topic;

/**
 * Shows counts so that one person's coming or going cannot be seen in them.
 *
 * <p>Viewers and users are each shown by themselves, and the total is the sum of the two: a rounded
 * sum beside exact sides would hide nothing. A number below the floor is shown as zero, and only
 * one a fifth above it as more again. A rounded number is kept until the truth is a whole step away
 * from it. So whoever comes and goes at an edge is seen once at most.
 *
 * <p>For that it is remembered what each topic has last shown, of 10,000 topics at most; one that
 * shows zero needs no memory. Nodes remember each their own, so two may show numbers that are one
 * step apart. Safe for many threads; no call blocks.
 */
public final class Veil {
  private static final int MOST_TOPICS = 10_000;
  private static final int FIFTH = 5;

  private final int floor;
  private final int round;
  private final Map<Topic, Count> shown =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Topic, Count> eldest) {
          return size() > MOST_TOPICS;
        }
      };

  /**
   * Creates one that has shown nothing yet.
   *
   * @param floor the least number that is not shown as zero
   * @param round every number is shown as a multiple of it; 1 shows what is true
   */
  public Veil(int floor, int round) {
    this.floor = floor;
    this.round = round;
  }

  /** Returns what is shown of a topic's count. */
  Count show(Topic topic, Count truth) {
    if (floor <= 1 && round <= 1) {
      return truth;
    }
    synchronized (shown) {
      Count before = shown.getOrDefault(topic, Count.ZERO);
      Count now =
          new Count(side(before.viewers(), truth.viewers()), side(before.users(), truth.users()));
      if (now.isZero()) {
        shown.remove(topic);
      } else {
        shown.put(topic, now);
      }
      return now;
    }
  }

  private int side(int before, int truth) {
    int least = before == 0 && floor > 1 ? floor + Math.max(1, floor / FIFTH) : floor;
    if (truth < least) {
      return 0;
    }
    if (round <= 1) {
      return truth;
    }
    return Math.abs(truth - before) < round ? before : (truth + round / 2) / round * round;
  }

  /** Returns how many topics are remembered. */
  int size() {
    synchronized (shown) {
      return shown.size();
    }
  }
}
