package org.rollcall.cdi;

import java.util.function.Supplier;
import org.rollcall.PresenceUnavailable;
import org.rollcall.PublishedCount;
import org.rollcall.PublishedCounts;
import org.rollcall.count.Count;
import org.rollcall.presence.Topic;

/** The counts that a node publishes. Safe for many threads. */
public final class LiveCounts implements PublishedCounts {
  private final Supplier<ServingNode> node;

  /**
   * Creates one.
   *
   * @param node returns the node's parts at each call, or throws {@link PresenceUnavailable}
   */
  public LiveCounts(Supplier<ServingNode> node) {
    this.node = node;
  }

  @Override
  public PublishedCount count(String topic) {
    ServingNode serving = node.get();
    if (!serving.channels().isCount(topic)) {
      throw new IllegalArgumentException(
          "expected the topic of a count (rollcall.channels.counts), but got one of "
              + topic.length()
              + " characters that is none");
    }
    return published(new Topic(topic), serving.counts().count(new Topic(topic)));
  }

  static PublishedCount published(Topic topic, Count count) {
    return new PublishedCount(topic.name(), count.viewers(), count.users());
  }
}
