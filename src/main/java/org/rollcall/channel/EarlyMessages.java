package org.rollcall.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one socket that came before the join of their topic was answered: a queue for
 * each topic, in the order of their coming.
 *
 * <p>They are kept as they came, and count in the mailbox as messages that wait: too many of them
 * are a flood.
 *
 * <p>Called by one worker at a time.
 */
final class EarlyMessages {
  /**
   * One that waits.
   *
   * @param received the message
   * @param limit the answer if it came faster than the client may send, else null
   */
  record Early(Received received, @Nullable String limit) {}

  private final Mailbox mailbox;
  private final Map<String, Deque<Early>> queues = new HashMap<>(0);
  private final Set<String> draining = new HashSet<>(0);

  EarlyMessages(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Adds a message to its topic's queue. */
  void add(String topic, Early message) {
    mailbox.keep(message.received().size());
    queues.computeIfAbsent(topic, any -> new ArrayDeque<>(2)).add(message);
  }

  /**
   * Hands out a topic's messages, one after the other, until there is none or one of them makes the
   * topic wait again. Does nothing within itself.
   *
   * @param waits tells whether a topic waits for the answer of a join
   */
  void drain(String topic, Predicate<String> waits, Consumer<Early> work) {
    @Nullable Deque<Early> queue = queues.get(topic);
    if (queue == null || !draining.add(topic)) {
      return;
    }
    try {
      while (!queue.isEmpty() && !waits.test(topic)) {
        Early next = queue.remove();
        mailbox.release(next.received().size());
        work.accept(next);
      }
    } finally {
      draining.remove(topic);
      if (queue.isEmpty()) {
        queues.remove(topic, queue);
      }
    }
  }

  /** Forgets all of them: the socket has ended. */
  void clear() {
    queues.values().forEach(Deque::clear);
    queues.clear();
  }
}
