package org.rollcall.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.Budget;

/**
 * The messages of one socket that came before the join of their topic was answered: a queue for
 * each topic, in the order of their coming.
 *
 * <p>They are kept as they came, and count in the mailbox as messages that wait, of which too many
 * are a flood, and within the {@link Budget} of the client's address and the node.
 *
 * <p>Called by one worker at a time.
 */
final class EarlyMessages {
  /**
   * A message that waits.
   *
   * @param receivedMessage the message
   * @param limit the answer if it came faster than the client may send, else null
   */
  record Early(ReceivedMessage receivedMessage, @Nullable String limit) {}

  private final Mailbox mailbox;
  private final Budget waiting;
  private final Map<String, Deque<Early>> queues = new HashMap<>(0);
  private final Set<String> draining = new HashSet<>(0);

  EarlyMessages(Mailbox mailbox, Budget waiting) {
    this.mailbox = mailbox;
    this.waiting = waiting;
  }

  /**
   * Adds a message to its topic's queue, unless too much waits already. Returns whether it was
   * added.
   */
  boolean add(String topic, Early message) {
    int size = message.receivedMessage().size();
    if (!waiting.take(size)) {
      return false;
    }
    mailbox.keep(size);
    queues.computeIfAbsent(topic, any -> new ArrayDeque<>(2)).add(message);
    return true;
  }

  private void release(Early message) {
    mailbox.release(message.receivedMessage().size());
    waiting.give(message.receivedMessage().size());
  }

  /**
   * Carries a topic's messages out, one after the other, until there is none or one of them makes
   * the topic wait again. Does nothing if the topic's messages are being carried out already.
   *
   * @param waits returns whether a topic waits for the answer of a join
   */
  void drain(String topic, Predicate<String> waits, Consumer<Early> work) {
    @Nullable Deque<Early> queue = queues.get(topic);
    if (queue == null || !draining.add(topic)) {
      return;
    }
    try {
      while (!queue.isEmpty() && !waits.test(topic)) {
        Early next = queue.remove();
        release(next);
        work.accept(next);
      }
    } finally {
      draining.remove(topic);
      if (queue.isEmpty()) {
        queues.remove(topic, queue);
      }
    }
  }

  /** Drops all messages, as the socket has ended. */
  void clear() {
    for (Deque<Early> queue : queues.values()) {
      queue.forEach(this::release);
      queue.clear();
    }
    queues.clear();
  }
}
