package org.rollcall.socket;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.rollcall.concurrent.Scheduler;

/**
 * The threads and the clock of a node's connections.
 *
 * @param workers run mailboxes
 * @param fanOut tell diffs and send; never wait
 * @param asking wait for sources of friends, and for rules that users make
 * @param scheduler runs what has to wait for its time
 * @param nanos the clock, in nanoseconds
 */
public record NodeExecutors(
    Workers workers, Executor fanOut, Executor asking, Scheduler scheduler, LongSupplier nanos) {
  /**
   * The threads that run mailboxes; they may wait for other nodes.
   *
   * @param all run any turn but the first
   * @param firstTurns run the first turns, on some of the same threads
   */
  public record Workers(Executor all, Executor firstTurns) {}
}
