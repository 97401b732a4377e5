package org.rollcall.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are shared, like Go's {@code singleflight}: while a call for a key is in flight, all
 * callers with the same key get its result. No result is kept: the next caller calls again.
 *
 * <p>Safe for many threads; no call blocks.
 *
 * @param <K> what a call is for
 * @param <V> its result
 */
public final class SingleFlight<K, V> {
  private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

  /**
   * Calls, unless a call for the same key is in flight.
   *
   * @param executor runs the call
   * @return the result; {@link RejectedExecutionException} if the executor takes no more
   */
  public CompletionStage<V> call(K key, Callable<V> call, Executor executor) {
    CompletableFuture<V> own = new CompletableFuture<>();
    @Nullable CompletableFuture<V> other = flights.putIfAbsent(key, own);
    if (other != null) {
      return other.minimalCompletionStage();
    }
    try {
      executor.execute(() -> run(key, call, own));
    } catch (RejectedExecutionException full) {
      flights.remove(key);
      own.completeExceptionally(full);
    }
    return own.minimalCompletionStage();
  }

  private void run(K key, Callable<V> call, CompletableFuture<V> own) {
    try {
      V result = call.call();
      // Before the result is given: a caller that comes after it must not get an old one.
      flights.remove(key);
      own.complete(result);
    } catch (Exception | Error e) {
      flights.remove(key);
      own.completeExceptionally(e);
    }
  }

  /** Returns how many calls are on their way. */
  public int size() {
    return flights.size();
  }
}
