package org.rollcall.api;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.SingleFlight;
import org.rollcall.config.Settings;

/**
 * Carries out the parts of requests that wait for a database, for the social network or for other
 * nodes, so that none of the container's threads does, and answers when they are done.
 *
 * <p>Four groups of threads that do not take each other's: eight ask, four change, eight write
 * users' answers and four administrators', which a client may read slowly. Two at most write to one
 * user. So many requests may wait for each, others are answered with 503 at once; one that has
 * waited for ten seconds is answered with 503, and its work goes on.
 *
 * <p>Safe for many threads; no call blocks. Answers are given on threads of this class.
 */
@ApplicationScoped
public class RequestExecutor {
  private static final int ASKING = 8;
  private static final int CHANGING = 4;
  private static final int ANSWERING_USERS = 8;
  private static final int ANSWERING_ADMINISTRATORS = 4;
  private static final int MOST_WAITING = 1_000;
  private static final int MOST_ANSWERS = 10_000;
  private static final int PATIENCE_SECONDS = 10;

  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;
  private final Executor asking;
  private final Executor changing;
  private final RequestRates.Begun administrators;
  private final SingleFlight<Object, Object> questions = new SingleFlight<>();
  private final RequestRates rates;

  /** For the container's proxy only. */
  RequestExecutor() {
    this(1);
  }

  /** Starts no thread yet. */
  @Inject
  RequestExecutor(Settings settings) {
    this(settings.channels().limits().rates().requests());
  }

  private RequestExecutor(int rate) {
    int size = ASKING + CHANGING + ANSWERING_USERS + ANSWERING_ADMINISTRATORS;
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(size),
            task -> thread("rollcall-request", task));
    threads.allowCoreThreadTimeOut(true);
    this.timer = new ScheduledThreadPoolExecutor(1, task -> thread("rollcall-patience", task));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(30, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    this.asking = new BoundedExecutor(threads, ASKING, MOST_WAITING);
    this.changing = new BoundedExecutor(threads, CHANGING, MOST_WAITING);
    this.administrators =
        new RequestRates.Begun(
            new BoundedExecutor(threads, ANSWERING_ADMINISTRATORS, MOST_ANSWERS), () -> {});
    this.rates =
        new RequestRates(
            rate, new BoundedExecutor(threads, ANSWERING_USERS, MOST_ANSWERS), System::nanoTime);
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    // JSON-P and JSON-B look for themselves there.
    thread.setContextClassLoader(RequestExecutor.class.getClassLoader());
    return thread;
  }

  /**
   * Takes a request of a user.
   *
   * @return to be handed to {@link #ask}
   * @throws WebApplicationException 429 if the user makes too many
   */
  RequestRates.Begun begin(String user) {
    return rates.begin(user).orElseThrow(this::tooMany);
  }

  /** Takes a request of an administrator, to be handed to {@link #ask}. */
  RequestRates.Begun administrators() {
    return administrators;
  }

  private WebApplicationException tooMany() {
    String detail = rates.tooMany();
    Response problem = Problem.response(Response.Status.TOO_MANY_REQUESTS, detail);
    return new WebApplicationException(
        detail, Response.fromResponse(problem).header(HttpHeaders.RETRY_AFTER, 1).build());
  }

  /**
   * Asks a source, once for all requests that ask the same question at the moment.
   *
   * @param key what is asked; equal for questions that have one answer
   * @param answer makes the response of the result
   * @param begun the request, which ends when the response has been written
   */
  @SuppressWarnings("unchecked") // A key has one type of result.
  <V> CompletionStage<Response> ask(
      Object key, Callable<V> question, Function<V, Response> answer, RequestRates.Begun begun) {
    CompletionStage<Object> result = questions.call(key, question::call, asking);
    return answered(result, known -> answer.apply((V) known), begun);
  }

  /** Carries out a change, and answers with what it returns. */
  CompletionStage<Response> change(Callable<CompletionStage<Response>> change) {
    CompletableFuture<Response> done = new CompletableFuture<>();
    try {
      changing.execute(() -> carryOut(change, done));
    } catch (RejectedExecutionException full) {
      done.completeExceptionally(full);
    }
    return answered(done, response -> response, administrators);
  }

  private static void carryOut(
      Callable<CompletionStage<Response>> change, CompletableFuture<Response> done) {
    try {
      change
          .call()
          .whenComplete(
              (response, failure) -> {
                if (failure == null) {
                  done.complete(response);
                } else {
                  done.completeExceptionally(failure);
                }
              });
    } catch (Exception | Error e) {
      done.completeExceptionally(e);
    }
  }

  private <V> CompletionStage<Response> answered(
      CompletionStage<V> result, Function<V, Response> answer, RequestRates.Begun begun) {
    CompletableFuture<Response> response = new CompletableFuture<>();
    CompletableFuture<V> known = new CompletableFuture<>();
    ScheduledFuture<?> patience =
        timer.schedule(
            () -> known.completeExceptionally(new RejectedExecutionException("It took too long")),
            PATIENCE_SECONDS,
            TimeUnit.SECONDS);
    CompletableFuture<V> unused =
        known.whenComplete(
            (value, failure) -> {
              patience.cancel(false);
              write(() -> response(answer, value, failure), response, begun);
            });
    result.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            known.complete(value);
          } else {
            known.completeExceptionally(failure);
          }
        });
    return response;
  }

  private static <V> Response response(
      Function<V, Response> answer, V value, @Nullable Throwable failure) {
    try {
      return failure == null ? answer.apply(value) : ProblemMapper.response(failure);
    } catch (RuntimeException | Error e) {
      return ProblemMapper.response(e);
    }
  }

  /** Writes the answer by the server's {@code complete}, which does so within the call. */
  private void write(
      Supplier<Response> answer, CompletableFuture<Response> response, RequestRates.Begun begun) {
    try {
      begun
          .answering()
          .execute(
              () -> {
                try {
                  response.complete(answer.get());
                } finally {
                  begun.end().run();
                }
              });
    } catch (RejectedExecutionException full) {
      begun.end().run();
      response.complete(ProblemMapper.response(full));
    }
  }

  /** Ends all threads. Requests that wait are not answered: the server ends their connections. */
  @PreDestroy
  void close() {
    timer.shutdownNow();
    threads.shutdownNow();
  }
}
