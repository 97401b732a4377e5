package org.rollcall.channel;

import java.util.Optional;
import org.rollcall.count.Counts;
import org.rollcall.presence.Topic;

/**
 * Lets clients onto counts. A topic on which nobody is costs memory on every node, so a client
 * without a token brings new ones only while this node has few, and its address too.
 *
 * <p>Safe for many threads; no call blocks.
 *
 * @param mostTopics from how many topics of this node on strangers bring no new ones
 */
public record CountAdmission(Counts counts, int mostTopics) {
  /**
   * Lets a client without a user onto a topic.
   *
   * @param seat the client's
   * @return what is to be run once when it leaves; empty if it may not be there
   */
  public Optional<Runnable> enter(Seat seat, String topic) {
    return enter(seat.shares(), topic);
  }

  Optional<Runnable> enter(Seat.Shares shares, String topic) {
    boolean known = counts.isWatched(new Topic(topic));
    if (!known && counts.topics() >= mostTopics) {
      return Optional.empty();
    }
    return shares.topics().enter(topic, known);
  }
}
