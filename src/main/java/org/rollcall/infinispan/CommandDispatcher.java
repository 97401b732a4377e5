package org.rollcall.infinispan;

import java.lang.System.Logger;
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
import org.rollcall.concurrent.ThrottledWarning;

/**
 * The requests between nodes: runs the ones that others send, and sends to others.
 *
 * <p>Safe for many threads; {@link #send} waits for nobody.
 */
final class CommandDispatcher {
  private static final Logger LOG = System.getLogger(CommandDispatcher.class.getName());
  static final String CACHE = "rollcall-errands";
  private static final long PATIENCE_SECONDS = 4;

  private final EmbeddedCacheManager manager;
  private final Map<DeskName, Desk<Command>> desks = new ConcurrentHashMap<>();
  private final ThrottledWarning unreadable = new ThrottledWarning(LOG);

  /** Answers the commands of one type and name; may wait. */
  interface Desk<C extends Command> {
    Command.Result answer(C command);
  }

  private record DeskName(Class<? extends Command> type, String desk) {}

  CommandDispatcher(EmbeddedCacheManager manager) {
    this.manager = manager;
    // A command that arrives finds this object here: a cache of this node only.
    manager.defineConfiguration(CACHE, new ConfigurationBuilder().build());
    manager.<String, CommandDispatcher>getCache(CACHE).put(CACHE, this);
  }

  /** Runs a command that has arrived. */
  static Command.Result run(EmbeddedCacheManager manager, Command command) {
    if (!manager.cacheConfigurationExists(CACHE)) {
      return Command.Result.none();
    }
    @Nullable CommandDispatcher dispatcher =
        manager.<String, CommandDispatcher>getCache(CACHE).get(CACHE);
    return dispatcher == null ? Command.Result.none() : dispatcher.run(command);
  }

  /** Answers the commands of one type and name from now on. */
  <C extends Command> void open(Class<C> type, String name, Desk<C> desk) {
    desks.put(new DeskName(type, name), command -> desk.answer(type.cast(command)));
  }

  private Command.Result run(Command command) {
    if (command instanceof Command.Unreadable strange) {
      unreadable.log(
          "A command of another node is refused (more may follow that are not logged): "
              + strange.reason());
      return Command.Result.none();
    }
    @Nullable Desk<Command> desk = desks.get(new DeskName(command.getClass(), command.desk()));
    return desk == null ? Command.Result.none() : desk.answer(command);
  }

  /**
   * Lets others ask what this node stands for in one cache.
   *
   * @param silent tells whether this node stands for nothing now
   */
  void open(String cache, Reconciler<?> reconciler, BooleanSupplier silent) {
    open(
        Command.Compare.class,
        cache,
        command ->
            silent.getAsBoolean()
                ? Command.Result.none()
                : new Command.Result(reconciler.answer(command.sums()), ""));
    open(
        Command.WriteAgain.class,
        cache,
        command -> {
          reconciler.writeAgain(command.ids());
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
        .submitConsumer(new CommandEnvelope(command), (from, answer, failure) -> result.set(answer))
        .thenApply(
            done -> {
              Command.@Nullable Result answer = result.get();
              if (answer == null || answer.isNone()) {
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
        return send(node, new Command.Compare(cache, sums)).thenApply(Command.Result::numbers);
      }

      @Override
      public void writeAgain(String node, long[] ids) {
        CompletionStage<Command.Result> unused = send(node, new Command.WriteAgain(cache, ids));
      }
    };
  }
}
