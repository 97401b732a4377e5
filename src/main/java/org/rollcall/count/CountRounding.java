package org.rollcall.count;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Topic;

/**
 * The numbers that are shown of counts, so that nobody can see in them that one person comes or
 * leaves.
 *
 * <p>One node decides for all, once in each period, which number is shown (see {@link
 * CountRoundingRenewal}). The others read it. So the number is the same on all nodes, and changes
 * at most once in a period, not at the moment at which somebody comes.
 *
 * <p>Viewers and users are each shown by themselves, and the total is the sum of the two: a rounded
 * sum beside exact sides would hide nothing.
 *
 * <p>Safe for many threads; no call blocks.
 */
public interface CountRounding {
  /** Shows every count as it is. */
  CountRounding NONE =
      new CountRounding() {
        @Override
        public Count show(Topic topic, Count truth) {
          return truth;
        }

        @Override
        public void listen(Consumer<Topic> changed) {
          // The counters tell of the truth themselves.
        }
      };

  /** Returns what is shown of a topic's count. */
  Count show(Topic topic, Count truth);

  /**
   * Reports every topic of which another number is shown than before.
   *
   * @param changed called on any thread, concurrently; must not block
   */
  void listen(Consumer<Topic> changed);

  /**
   * Shows the numbers that were decided in the store.
   *
   * @param store the decided numbers
   * @param length how long a period is; the clocks of the nodes may differ by one
   * @param clock the clock, which decides the period
   */
  record Decided(RoundedCountStore store, Duration length, InstantSource clock)
      implements CountRounding {
    /**
     * A decision that is not renewed for so long is void: the node that decides is down, or hangs.
     */
    private static final int PERIODS = 3;

    @Override
    public Count show(Topic topic, Count truth) {
      RoundedCountStore.@Nullable Shown shown = store.get(topic);
      return shown == null || isVoid(shown) ? Count.ZERO : shown.count();
    }

    boolean isVoid(RoundedCountStore.Shown shown) {
      return shown.period() + PERIODS < period();
    }

    /** Returns the number of the period that is now. */
    long period() {
      return clock.millis() / length.toMillis();
    }

    @Override
    public void listen(Consumer<Topic> changed) {
      store.listen(changed);
    }
  }
}
