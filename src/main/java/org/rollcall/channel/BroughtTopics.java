package org.rollcall.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The topics of counts that the anonymous clients of one address have brought to this node: nobody
 * else was on them. A topic is brought for as long as a client of the address is on it, whichever.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class BroughtTopics {
  private final int most;
  private final Map<String, Integer> topics = new HashMap<>(2);

  /** Creates one without topics. */
  BroughtTopics(int most) {
    this.most = most;
  }

  /**
   * Lets a channel onto a topic.
   *
   * @param known whether somebody else is on the topic already
   * @return what is to be run once when the channel ends; empty if the address has brought enough
   */
  synchronized Optional<Runnable> enter(String topic, boolean known) {
    if (!topics.containsKey(topic)) {
      if (known) {
        return Optional.of(() -> {});
      }
      if (topics.size() >= most) {
        return Optional.empty();
      }
    }
    topics.merge(topic, 1, Integer::sum);
    return Optional.of(() -> leave(topic));
  }

  private synchronized void leave(String topic) {
    topics.computeIfPresent(topic, (key, channels) -> channels > 1 ? channels - 1 : null);
  }

  /** Returns how many topics there are. */
  synchronized int size() {
    return topics.size();
  }
}
