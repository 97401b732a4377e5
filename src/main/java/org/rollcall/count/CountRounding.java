package org.rollcall.count;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Topic;

/**
 * Shows counts so that one person's coming or going cannot be seen in them.
 *
 * <p>What is shown is decided once in each period, by one node for all (see {@link
 * CountRoundingRenewal}), and read here. So the number is the same on all nodes and moves once in a
 * period at most, and not at the moment at which somebody comes.
 *
 * <p>Viewers and users are each shown by themselves, and the total is the sum of the two: a rounded
 * sum beside exact sides would hide nothing.
 *
 * <p>Safe for many threads; no call blocks.
 */
public interface CountRounding {
  /** Shows the truth. */
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
   * Tells of every topic of which something else is shown than before.
   *
   * @param changed called on any thread, concurrently; must not block
   */
  void listen(Consumer<Topic> changed);

  /**
   * Shows what was decided.
   *
   * @param store what was decided
   * @param length how long a period is; the clocks of the nodes may differ by one
   * @param clock tells the period
   */
  record Decided(RoundedCountStore store, Duration length, InstantSource clock)
      implements CountRounding {
    /** A decision that is not renewed is void: the node that decided is gone, or hangs. */
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
