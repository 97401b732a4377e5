package org.rollcall.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Owners;

/**
 * What nodes ask of each other: runs what others send, and sends to others.
 *
 * <p>Safe for many threads; {@link #send} waits for nobody.
 */
final class Errands {
  private static final String CACHE = "rollcall-errands";
  private static final long PATIENCE_SECONDS = 4;

  private final EmbeddedCacheManager manager;
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  /** Answers errands of one word about one thing; may wait. */
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

  /** Answers errands of this word about this from now on. */
  void open(String word, String about, Desk desk) {
    desks.put(word + " " + about, desk);
  }

  private Errand.Result run(Errand errand) {
    @Nullable Desk desk = desks.get(errand.word() + " " + errand.about());
    return desk == null ? Errand.Result.starting() : desk.answer(errand);
  }

  /** Sends an errand to a node. The answer fails if the node is gone or does not answer in time. */
  CompletionStage<Errand.Result> send(String node, Errand errand) {
    @Nullable Address address = address(node);
    if (address == null) {
      return CompletableFuture.failedFuture(new IllegalStateException(node + " is gone"));
    }
    AtomicReference<Errand.@Nullable Result> result = new AtomicReference<>();
    return manager
        .executor()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .filterTargets(List.of(address))
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

  private @Nullable Address address(String node) {
    return manager.getMembers().stream()
        .filter(member -> ViewMembers.id(member).equals(node))
        .findAny()
        .orElse(null);
  }

  /** Returns the other nodes as owners of the things of one cache. */
  Owners owners(String about) {
    return new Owners() {
      @Override
      public CompletionStage<long[]> ask(String node, long[] sums) {
        return send(node, new Errand("ask", about, sums)).thenApply(Errand.Result::numbers);
      }

      @Override
      public void writeAgain(String node, long[] ids) {
        CompletionStage<Errand.Result> unused = send(node, new Errand("write", about, ids));
      }
    };
  }
}
