package org.rollcall.infinispan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.cluster.Membership;
import org.rollcall.cluster.NodeReport;

/**
 * All nodes, by {@link CommandDispatcher}. Safe for many threads; no call waits. Answers come on
 * workers: the threads on which nodes exchange messages must not be held up.
 */
final class InfinispanMessenger implements ClusterMessenger {
  private final CommandDispatcher dispatcher;
  private final Membership members;
  private final NodeRegistry registry;
  private final LongSupplier repairs;
  private final Executor workers;

  InfinispanMessenger(
      CommandDispatcher dispatcher,
      Membership members,
      NodeRegistry registry,
      LongSupplier repairs,
      Executor workers) {
    this.dispatcher = dispatcher;
    this.members = members;
    this.registry = registry;
    this.repairs = repairs;
    this.workers = workers;
  }

  /** Answers requests for the report on these replicas from now on. */
  void open(Replicas replicas) {
    dispatcher.open(Command.Report.class, "", command -> report(replicas));
  }

  /** The text has the view in its first line and the owners in its second. */
  private Command.Result report(Replicas replicas) {
    Map<String, Integer> owners = replicas.owners();
    String text = String.join(",", members.up()) + "\n" + String.join(",", owners.keySet());
    long[] numbers = new long[2 + owners.size()];
    numbers[0] = repairs.getAsLong();
    numbers[1] = replicas.digest();
    int at = 2;
    for (int count : owners.values()) {
      numbers[at++] = count;
    }
    return new Command.Result(numbers, text);
  }

  @Override
  public CompletionStage<List<NodeReport>> reports() {
    Map<String, String> names = registry.names();
    List<CompletableFuture<NodeReport>> all = new ArrayList<>();
    names.forEach(
        (id, name) ->
            all.add(
                dispatcher
                    .send(id, new Command.Report())
                    .thenApply(result -> read(name, id, result, names))
                    .exceptionally(silent -> NodeReport.silent(name, id))
                    .toCompletableFuture()));
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApplyAsync(done -> all.stream().map(CompletableFuture::join).toList(), workers);
  }

  private static NodeReport read(
      String name, String id, Command.Result result, Map<String, String> names) {
    String[] lines = result.text().split("\n", 2);
    Map<String, Integer> entries = new LinkedHashMap<>();
    List<String> owners = ids(lines[1]);
    for (int i = 0; i < owners.size(); i++) {
      String owner = owners.get(i);
      entries.put(names.getOrDefault(owner, owner), (int) result.numbers()[2 + i]);
    }
    return new NodeReport(
        name,
        id,
        true,
        ids(lines[0]).stream().map(other -> names.getOrDefault(other, other)).toList(),
        entries,
        String.format("%016x", result.numbers()[1]),
        result.numbers()[0]);
  }

  private static List<String> ids(String line) {
    return line.isEmpty() ? List.of() : List.of(line.split(",", -1));
  }

  @Override
  public CompletionStage<List<String>> tell(String word, String text) {
    List<String> deaf = new ArrayList<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    registry
        .names()
        .forEach(
            (id, name) ->
                all.add(
                    dispatcher
                        .send(id, new Command.Message(word, text))
                        .handle(
                            (heard, failure) -> {
                              if (failure != null) {
                                synchronized (deaf) {
                                  deaf.add(name);
                                }
                              }
                              return id;
                            })
                        .toCompletableFuture()));
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApplyAsync(done -> deaf, workers);
  }

  @Override
  public void hear(String word, Consumer<String> hearer) {
    dispatcher.open(
        Command.Message.class,
        word,
        message -> {
          hearer.accept(message.text());
          return Command.Result.NOTHING;
        });
  }
}
