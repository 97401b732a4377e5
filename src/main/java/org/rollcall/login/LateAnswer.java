package org.rollcall.login;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The answer to a request that waits for other nodes or for an issuer. No thread waits meanwhile.
 *
 * <p>The request does not come to its servlet again: Payara 6 answers 500 now and then if a request
 * is dispatched before its first thread has left it, and a node alone knows at once. Written by the
 * thread that completes the answer, or the container's; an answer is a few hundred characters.
 */
final class LateAnswer<T> implements AsyncListener {
  private static final Logger LOG = System.getLogger(LateAnswer.class.getName());

  /** Issuers do not wait for longer than 5 seconds. */
  private static final long PATIENCE_MILLIS = 4_000;

  private final AsyncContext context;
  private final CompletableFuture<T> answer;
  private final T late;
  private final Text<T> text;
  private final AtomicBoolean over = new AtomicBoolean();

  /** Writes an answer. */
  interface Text<T> {
    void write(HttpServletResponse response, T answer) throws IOException;
  }

  private LateAnswer(AsyncContext context, CompletableFuture<T> answer, T late, Text<T> text) {
    this.context = context;
    this.answer = answer;
    this.late = late;
    this.text = text;
  }

  /**
   * Answers a request at once or later.
   *
   * @param answer the answer of this request alone. It is completed with {@code late} after four
   *     seconds, and when the client goes away
   * @param late what is answered then, and if the answer fails
   */
  static <T> void give(
      HttpServletRequest request,
      HttpServletResponse response,
      CompletableFuture<T> answer,
      T late,
      Text<T> text)
      throws IOException {
    CompletableFuture<T> certain = answer.exceptionally(failure -> report(failure, late));
    if (certain.isDone()) {
      text.write(response, certain.join());
      return;
    }
    AsyncContext context = request.startAsync(request, response);
    LateAnswer<T> waiting = new LateAnswer<>(context, answer, late, text);
    context.setTimeout(PATIENCE_MILLIS);
    context.addListener(waiting);
    var unused = certain.thenAccept(waiting::write);
  }

  private static <T> T report(Throwable failure, T late) {
    LOG.log(Level.WARNING, "An answer failed", failure);
    return late;
  }

  private void write(T given) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      try {
        text.write((HttpServletResponse) context.getResponse(), given);
      } finally {
        context.complete();
      }
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "A client closed its connection while its request waited", e);
    }
  }

  private void end() {
    over.set(true);
    answer.complete(late);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    answer.complete(late);
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It waits only once.
  }
}
