package org.rollcall.channel;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket's one question for its user's circle. Whoever asks again before the answer is there
 * shares it, and only the last to ask is told: a client that joins again and again asks its source
 * once.
 *
 * <p>Called in the socket's mailbox only.
 */
final class Question {
  private @Nullable Consumer<Optional<Set<String>>> waiting;
  private boolean asked;
  private boolean outdated;

  /** Waits for the answer. Tells whether the question has still to be asked. */
  boolean await(Consumer<Optional<Set<String>>> answer) {
    waiting = answer;
    boolean first = !asked;
    asked = true;
    return first;
  }

  /**
   * Notes that an answer that is on its way may be too old. Tells whether there is one on its way.
   */
  boolean outdate() {
    outdated = asked;
    return asked;
  }

  /** Tells whether the question has to be asked again, before anyone is told the answer. */
  boolean isOutdated() {
    boolean again = outdated;
    outdated = false;
    return again;
  }

  /** Gives the answer to whoever waits for it. */
  void answer(Optional<Set<String>> circle) {
    asked = false;
    Consumer<Optional<Set<String>>> last = waiting;
    waiting = null;
    if (last != null) {
      last.accept(circle);
    }
  }
}
