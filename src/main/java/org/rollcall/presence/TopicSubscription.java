package org.rollcall.presence;

/** A subscriber's subscription to one topic. Safe for many threads. */
final class TopicSubscription implements Subscription {
  private final TopicStates topicStates;
  private final Topic topic;
  private final Subscriber subscriber;

  TopicSubscription(TopicStates topicStates, Topic topic, Subscriber subscriber) {
    this.topicStates = topicStates;
    this.topic = topic;
    this.subscriber = subscriber;
  }

  @Override
  public Topic topic() {
    return topic;
  }

  @Override
  public PresenceState presenceState() {
    return topicStates.snapshot(topic);
  }

  @Override
  public PresenceState end() {
    return topicStates.unsubscribe(topic, subscriber);
  }

  @Override
  public void close() {
    PresenceState unused = end();
  }
}
