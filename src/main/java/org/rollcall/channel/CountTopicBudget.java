package org.rollcall.channel;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Budget;

/**
 * The topics of counts on which anonymous clients are.
 *
 * <p>A topic is in the budget of the address whose client was the first of them until no anonymous
 * client of any address is on it, even if that address has left: else two addresses in turns could
 * bring more topics than their budgets. Nor does it matter whether users are on it: else a user
 * could bring topics, and leave them to anonymous clients that have paid for none.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class CountTopicBudget {
  private final ConcurrentMap<String, Brought> topics = new ConcurrentHashMap<>();

  /**
   * A topic on which an anonymous client is.
   *
   * @param budget of the address whose client was the first
   * @param channels how many channels of anonymous clients are on it
   */
  private record Brought(Budget budget, int channels) {
    Brought with(int more) {
      return new Brought(budget, channels + more);
    }
  }

  /**
   * Adds an anonymous client's channel to a topic.
   *
   * @param budget of the client's address, of which the topic is taken if no anonymous client is on
   *     it
   * @return a task to run once when the channel has ended and counts nobody any more; empty if the
   *     budget is used up
   */
  Optional<Runnable> enter(String topic, Budget budget) {
    @Nullable Brought brought =
        topics.compute(
            topic,
            (key, before) -> {
              if (before != null) {
                return before.with(1);
              }
              return budget.take(1) ? new Brought(budget, 1) : null;
            });
    return brought == null ? Optional.empty() : Optional.of(() -> leave(topic));
  }

  private void leave(String topic) {
    topics.computeIfPresent(
        topic,
        (key, brought) -> {
          if (brought.channels() > 1) {
            return brought.with(-1);
          }
          brought.budget().give(1);
          return null;
        });
  }
}
