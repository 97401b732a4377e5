package org.rollcall.api;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import org.rollcall.count.Count;
import org.rollcall.presence.Topic;

/**
 * How many connections are on a topic: {@code
 * {"topic":...,"viewers":{"count":1},"users":{"count":2},"total":3}}.
 */
@JsonbPropertyOrder({"topic", "viewers", "users", "total"})
public final class TopicCount {
  private final String topic;
  private final Count count;

  TopicCount(Topic topic, Count count) {
    this.topic = topic.name();
    this.count = count;
  }

  /** A number in an object of its own, as in the channel's payload. */
  public static final class Side {
    private final int count;

    Side(int count) {
      this.count = count;
    }

    /** Returns the number. */
    public int getCount() {
      return count;
    }
  }

  /** Returns the topic. */
  public String getTopic() {
    return topic;
  }

  /** Returns the connections without a user. */
  public Side getViewers() {
    return new Side(count.viewers());
  }

  /** Returns the connections with a user. */
  public Side getUsers() {
    return new Side(count.users());
  }

  /** Returns both together. */
  public int getTotal() {
    return count.total();
  }

  /** Returns a text that is equal for equal numbers. */
  String tag() {
    return count.viewers() + "-" + count.users();
  }
}
