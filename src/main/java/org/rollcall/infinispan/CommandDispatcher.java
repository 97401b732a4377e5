package org.rollcall.infinispan;

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
import org.rollcall.cluster.OwnerClient;
import org.rollcall.cluster.Reconciler;

/**
 * The requests between nodes: runs the ones that others send, and sends to others.
 *
 * <p>Safe for many threads; {@link #send} waits for nobody.
 */
final class CommandDispatcher {
  private static final String CACHE = "rollcall-errands";
  private static final String ASK = "ask ";
  private static final String WRITE = "write ";
  private static final long PATIENCE_SECONDS = 4;

  private final EmbeddedCacheManager manager;
  private final Map<String, Desk> desks = new ConcurrentHashMap<>();

  /** Answers the commands of one word; may wait. */
  interface Desk {
    Command.Result answer(Command command);
  }

  CommandDispatcher(EmbeddedCacheManager manager) {
    this.manager = manager;
    // A command that arrives finds this object here: a cache of this node only.
    manager.defineConfiguration(CACHE, new ConfigurationBuilder().build());
    manager.<String, CommandDispatcher>getCache(CACHE).put(CACHE, this);
  }

  /** Runs a command that has arrived. */
  static Command.Result run(EmbeddedCacheManager manager, Command command) {
    if (!manager.cacheConfigurationExists(CACHE)) {
      return Command.Result.starting();
    }
    @Nullable CommandDispatcher dispatcher =
        manager.<String, CommandDispatcher>getCache(CACHE).get(CACHE);
    return dispatcher == null ? Command.Result.starting() : dispatcher.run(command);
  }

  /** Answers the commands of this word from now on. */
  void open(String word, Desk desk) {
    desks.put(word, desk);
  }

  private Command.Result run(Command command) {
    @Nullable Desk desk = desks.get(command.word());
    return desk == null ? Command.Result.starting() : desk.answer(command);
  }

  /**
   * Lets others ask what this node stands for in one cache.
   *
   * @param silent tells whether this node stands for nothing now
   */
  void open(String cache, Reconciler<?> reconciler, BooleanSupplier silent) {
    open(
        ASK + cache,
        command ->
            silent.getAsBoolean()
                ? Command.Result.starting()
                : new Command.Result(reconciler.answer(command.numbers()), ""));
    open(
        WRITE + cache,
        command -> {
          reconciler.writeAgain(command.numbers());
          return Command.Result.NOTHING;
        });
  }

  /** Sends a command to a node. The answer fails if the node is gone or does not answer in time. */
  CompletionStage<Command.Result> send(String node, Command command) {
    ClusterExecutor executor = manager.executor().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    @Nullable List<Address> view = manager.getMembers();
    if (view != null) {
      List<Address> target =
          view.stream().filter(member -> ViewMembership.id(member).equals(node)).toList();
      if (target.isEmpty()) {
        return CompletableFuture.failedFuture(new IllegalStateException(node + " is gone"));
      }
      executor = executor.filterTargets(target);
    }
    AtomicReference<Command.@Nullable Result> result = new AtomicReference<>();
    return executor
        .submitConsumer(command, (from, answer, failure) -> result.set(answer))
        .thenApply(
            done -> {
              Command.@Nullable Result answer = result.get();
              if (answer == null || answer.isStarting()) {
                throw new IllegalStateException(node + " did not answer");
              }
              return answer;
            });
  }

  /** Returns the other nodes as owners of the things of one cache. */
  OwnerClient owners(String cache) {
    return new OwnerClient() {
      @Override
      public CompletionStage<long[]> ask(String node, long[] sums) {
        return send(node, new Command(ASK + cache, "", sums)).thenApply(Command.Result::numbers);
      }

      @Override
      public void writeAgain(String node, long[] ids) {
        CompletionStage<Command.Result> unused = send(node, new Command(WRITE + cache, "", ids));
      }
    };
  }
}
