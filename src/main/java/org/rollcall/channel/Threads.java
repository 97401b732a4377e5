package org.rollcall.channel;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.rollcall.presence.Later;

/**
 * The threads and the clock of a node's connections.
 *
 * @param workers run mailboxes; may wait for other nodes
 * @param fanOut tell diffs and send; never wait
 * @param asking wait for sources of friends, and for rules that users make
 * @param later runs what has to wait for its time
 * @param nanos the clock, in nanoseconds
 */
public record Threads(
    Executor workers, Executor fanOut, Executor asking, Later later, LongSupplier nanos) {}
