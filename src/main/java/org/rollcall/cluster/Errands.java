package org.rollcall.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.manager.ClusterExecutor;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Owners;
import org.rollcall.presence.Reconciler;

/**
 * The requests between nodes: runs the ones that others send, and sends to others.
 *
 * <p>Safe for many threads; {@link #send} waits for nobody.
 */
final class Errands {
  private static final String CACHE = "rollcall-errands";
  private static final String ASK = "ask ";
  private static final String WRITE = "write ";
  private static final long PATIENCE_SECONDS = 4;

  private final EmbeddedCacheManager manager;
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  /** Answers errands of one word; may wait. */
  interface Desk {
    Errand.Result answer(Errand errand);
  }

  Errands(EmbeddedCacheManager manager) {
    this.manager = manager;
    // Where an errand that arrives finds this object: a cache of this node only.
    manager.defineConfiguration(CACHE, new ConfigurationBuilder().build());
    manager.<String, Errands>getCache(CACHE).put(CACHE, this);
  }

  /** Runs an errand that has arrived. */
  static Errand.Result run(EmbeddedCacheManager manager, Errand errand) {
    if (!manager.cacheConfigurationExists(CACHE)) {
      return Errand.Result.starting();
    }
    @Nullable Errands errands = manager.<String, Errands>getCache(CACHE).get(CACHE);
    return errands == null ? Errand.Result.starting() : errands.run(errand);
  }

  /** Answers errands of this word from now on. */
  void open(String word, Desk desk) {
    desks.put(word, desk);
  }

  private Errand.Result run(Errand errand) {
    @Nullable Desk desk = desks.get(errand.word());
    return desk == null ? Errand.Result.starting() : desk.answer(errand);
  }

  /**
   * Lets others ask what this node stands for in one cache.
   *
   * @param silent tells whether this node stands for nothing now
   */
  void open(String cache, Reconciler<?> reconciler, BooleanSupplier silent) {
    open(
        ASK + cache,
        errand ->
            silent.getAsBoolean()
                ? Errand.Result.starting()
                : new Errand.Result(reconciler.answer(errand.numbers()), ""));
    open(
        WRITE + cache,
        errand -> {
          reconciler.writeAgain(errand.numbers());
          return Errand.Result.NOTHING;
        });
  }

  /** Sends an errand to a node. The answer fails if the node is gone or does not answer in time. */
  CompletionStage<Errand.Result> send(String node, Errand errand) {
    ClusterExecutor executor = manager.executor().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    @Nullable List<Address> view = manager.getMembers();
    if (view != null) {
      List<Address> target =
          view.stream().filter(member -> ViewMembers.id(member).equals(node)).toList();
      if (target.isEmpty()) {
        return CompletableFuture.failedFuture(new IllegalStateException(node + " is gone"));
      }
      executor = executor.filterTargets(target);
    }
    AtomicReference<Errand.@Nullable Result> result = new AtomicReference<>();
    return executor
        .submitConsumer(errand, (from, answer, failure) -> result.set(answer))
        .thenApply(
            done -> {
              Errand.@Nullable Result answer = result.get();
              if (answer == null || answer.isStarting()) {
                throw new IllegalStateException(node + " did not answer");
              }
              return answer;
            });
  }

  /** Returns the other nodes as owners of the things of one cache. */
  Owners owners(String cache) {
    return new Owners() {
      @Override
      public CompletionStage<long[]> ask(String node, long[] sums) {
        return send(node, new Errand(ASK + cache, "", sums)).thenApply(Errand.Result::numbers);
      }

      @Override
      public void writeAgain(String node, long[] ids) {
        CompletionStage<Errand.Result> unused = send(node, new Errand(WRITE + cache, "", ids));
      }
    };
  }
}
