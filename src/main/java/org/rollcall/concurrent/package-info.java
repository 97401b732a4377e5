/**
 * Queues, bounded executors, rates and shared calls. No class here knows presence.
 *
 * <p>Data flow: a caller marks a key in a {@link org.rollcall.concurrent.WorkQueue}, hands a task
 * to an executor, or asks a {@link org.rollcall.concurrent.TokenBucket} whether it may.
 *
 * <p>This room imports only {@code java.*}. Next: {@code presence}, {@code count} and {@code
 * socket}, which own the queues.
 */
@NullMarked
package org.rollcall.concurrent;

import org.jspecify.annotations.NullMarked;
