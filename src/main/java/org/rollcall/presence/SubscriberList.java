package org.rollcall.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The subscribers of one topic, each once, in the order in which they came.
 *
 * <p>Most topics have few subscribers, and there is a topic for every user: up to {@value #FEW} of
 * them stand in a list, which takes a tenth of a set's memory. More stand in a set, in which one is
 * found without a search.
 *
 * <p>For one thread at a time: it is used with the lock of its {@link TopicState}.
 */
final class SubscriberList {
  static final int FEW = 32;

  private Collection<Subscriber> subscribers = new ArrayList<>(0);

  void add(Subscriber subscriber) {
    if (subscribers.contains(subscriber)) {
      return;
    }
    if (subscribers instanceof List && subscribers.size() == FEW) {
      subscribers = new LinkedHashSet<>(subscribers);
    }
    subscribers.add(subscriber);
  }

  void remove(Subscriber subscriber) {
    boolean removed = subscribers.remove(subscriber);
    // At half of it, so that a subscriber who comes and goes does not change the kind each time.
    if (removed && subscribers instanceof Set && subscribers.size() == FEW / 2) {
      subscribers = new ArrayList<>(subscribers);
    }
  }

  void forEach(Consumer<Subscriber> action) {
    subscribers.forEach(action);
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }
}
