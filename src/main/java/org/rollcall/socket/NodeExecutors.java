package org.rollcall.socket;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.rollcall.concurrent.Scheduler;

/**
 * The threads and the clock of a node's connections.
 *
 * @param workers run mailboxes; may wait for other nodes
 * @param newcomers run the first turns of mailboxes, on some of the workers
 * @param fanOut tell diffs and send; never wait
 * @param asking wait for sources of friends, and for rules that users make
 * @param scheduler runs what has to wait for its time
 * @param nanos the clock, in nanoseconds
 */
public record NodeExecutors(
    Executor workers,
    Executor newcomers,
    Executor fanOut,
    Executor asking,
    Scheduler scheduler,
    LongSupplier nanos) {}
