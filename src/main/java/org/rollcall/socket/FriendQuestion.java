package org.rollcall.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket's one question for its user's friends. A caller who asks again before the answer is
 * there shares it, and only the last to ask is told: a client that joins again and again asks its
 * source once.
 *
 * <p>Each time it is asked it has another number. An answer to an earlier one, for which nobody
 * waits any more, comes too late and is ignored: it may be older than a change that the later one
 * knows of.
 *
 * <p>Called in the socket's mailbox only, but for {@link #isCurrent}.
 */
public final class FriendQuestion {
  private @Nullable Consumer<Optional<Set<String>>> waiting;
  private final List<Runnable> told = new ArrayList<>(0);
  private boolean asked;
  private final AtomicInteger number = new AtomicInteger();
  private boolean outdated;
  private Optional<Set<String>> answered = Optional.empty();
  private boolean answering;

  /** Waits for the answer. Tells whether the question has still to be asked. */
  public boolean await(Consumer<Optional<Set<String>>> answer) {
    waiting = answer;
    if (asked) {
      return false;
    }
    asked = true;
    outdated = false;
    number.incrementAndGet();
    return true;
  }

  /** Returns the number of the question that was asked last. */
  public int number() {
    return number.get();
  }

  /** Tells whether an answer to the question of a number is still of use. Called by any thread. */
  public boolean isCurrent(int asked) {
    return asked == number.get();
  }

  /**
   * Notes that an answer that is on its way may be too old. Tells whether there is one on its way.
   */
  boolean outdate() {
    outdated = asked;
    return asked;
  }

  /** Tells whether the question has to be asked again, before anyone is told the answer. */
  public boolean isOutdated() {
    boolean again = outdated;
    outdated = false;
    return again;
  }

  /** Returns whether an answer is on its way. */
  public boolean isAsked() {
    return asked;
  }

  /** Runs a task once the answer was given, or now if none is on its way. */
  public void whenAnswered(Runnable task) {
    if (asked) {
      told.add(task);
    } else {
      task.run();
    }
  }

  /** Gives the answer to all channels that wait for it. */
  public void answer(Optional<Set<String>> visible) {
    Consumer<Optional<Set<String>>> last = waiting;
    waiting = null;
    asked = false;
    number.incrementAndGet();
    answered = visible;
    answering = true;
    try {
      if (last != null) {
        last.accept(visible);
      }
    } finally {
      answering = false;
      answered = Optional.empty();
      end();
    }
  }

  /**
   * Gives the answer once more while it is being given, and tells whether it is: who asks within
   * that has waited in line for the one that asked, and came before the answer.
   */
  public boolean share(Consumer<Optional<Set<String>>> answer) {
    if (answering) {
      answer.accept(answered);
    }
    return answering;
  }

  /** Ends it without an answer: nobody waits any more. */
  public void drop() {
    waiting = null;
    asked = false;
    number.incrementAndGet();
    end();
  }

  private void end() {
    List<Runnable> tasks = List.copyOf(told);
    told.clear();
    tasks.forEach(Runnable::run);
  }
}
