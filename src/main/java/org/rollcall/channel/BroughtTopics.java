package org.rollcall.channel;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Budget;

/**
 * The topics of counts that anonymous clients have brought to this node: nobody was on them.
 *
 * <p>A topic is in the share of the address whose client brought it until no anonymous client of
 * any address is on it, even if that address has left: else two addresses in turns could bring more
 * topics than their shares.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class BroughtTopics {
  private final ConcurrentMap<String, Brought> topics = new ConcurrentHashMap<>();

  /**
   * A topic that was brought.
   *
   * @param share of the address that brought it
   * @param channels how many channels of anonymous clients are on it
   */
  private record Brought(Budget share, int channels) {
    Brought with(int more) {
      return new Brought(share, channels + more);
    }
  }

  /**
   * Lets an anonymous client's channel onto a topic.
   *
   * @param share of the client's address
   * @param known tells whether somebody is on the topic already
   * @return what is to be run once when the channel has ended and nobody is counted by it; empty if
   *     the address has brought as many topics as it may
   */
  Optional<Runnable> enter(String topic, Budget share, BooleanSupplier known) {
    AtomicBoolean entered = new AtomicBoolean();
    @Nullable Brought brought =
        topics.compute(
            topic,
            (key, before) -> {
              if (before != null) {
                return before.with(1);
              }
              boolean free = known.getAsBoolean();
              entered.set(free);
              return !free && share.take(1) ? new Brought(share, 1) : null;
            });
    if (brought != null) {
      return Optional.of(() -> leave(topic));
    }
    return entered.get() ? Optional.of(() -> {}) : Optional.empty();
  }

  private void leave(String topic) {
    topics.computeIfPresent(
        topic,
        (key, brought) -> {
          if (brought.channels() > 1) {
            return brought.with(-1);
          }
          brought.share().give(1);
          return null;
        });
  }
}
