package org.rollcall.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket's one question for its user's friends. A channel that asks while the answer is awaited
 * shares it, and only the last one gets the answer: a client that joins again and again asks its
 * source once.
 *
 * <p>Each question has another number. An answer to an earlier question, for which no channel waits
 * any more, is ignored: it may be older than a change that the later question takes into account.
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

  /** Sets the action that gets the answer. Returns whether the caller has to ask the source. */
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

  /** Returns whether the question with a number is the present one. Called by any thread. */
  public boolean isCurrent(int asked) {
    return asked == number.get();
  }

  /** Notes that an awaited answer may be too old. Returns whether an answer is awaited. */
  boolean outdate() {
    outdated = asked;
    return asked;
  }

  /**
   * Returns whether the source has to be asked again before the answer is given, and forgets that.
   */
  public boolean isOutdated() {
    boolean again = outdated;
    outdated = false;
    return again;
  }

  /** Returns whether an answer is awaited. */
  public boolean isAsked() {
    return asked;
  }

  /** Runs a task once the answer was given, or now if none is awaited. */
  public void whenAnswered(Runnable task) {
    if (asked) {
      told.add(task);
    } else {
      task.run();
    }
  }

  /** Gives the answer to the action that waits for it, and runs the tasks that do. */
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
   * Gives the answer also to a channel that asks while it is being given, and returns whether it is
   * being given. Such a channel's join waited for the join that asked, and came before the answer.
   */
  public boolean share(Consumer<Optional<Set<String>>> answer) {
    if (answering) {
      answer.accept(answered);
    }
    return answering;
  }

  /** Ends the question without an answer. */
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
