package org.rollcall.concurrent;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * The threads and the clock of the work on the caches that all nodes share.
 *
 * @param fanOut runs the telling; never waits
 * @param workers run writes and removals, which may wait for the store
 * @param scheduler wakes removals
 * @param clock the clock
 */
public record WorkerThreads(
    Executor fanOut, Executor workers, Scheduler scheduler, InstantSource clock) {}
