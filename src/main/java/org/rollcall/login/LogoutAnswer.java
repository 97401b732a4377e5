package org.rollcall.login;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The answer to a request that logs somebody out: it is written when every node knows the log-out,
 * or after four seconds, and no thread waits for that.
 *
 * <p>The request does not come to its servlet again: Payara 6 answers 500 now and then if a request
 * is dispatched before its first thread has left it, and a node alone knows at once. Written by the
 * thread that completes the log-out, or the container's; an answer is a few hundred characters.
 */
final class LogoutAnswer implements AsyncListener {
  private static final Logger LOG = System.getLogger(LogoutAnswer.class.getName());

  /** Issuers do not wait for longer than 5 seconds. */
  private static final long PATIENCE_MILLIS = 4_000;

  private final AsyncContext context;
  private final Text text;
  private final AtomicBoolean over = new AtomicBoolean();

  /** What is answered. */
  interface Text {
    /**
     * Writes it.
     *
     * @param told whether every node knows the log-out
     */
    void write(HttpServletResponse response, boolean told) throws IOException;
  }

  private LogoutAnswer(AsyncContext context, Text text) {
    this.context = context;
    this.text = text;
  }

  /**
   * Answers a request at once or later.
   *
   * @param told whether every node knows the log-out
   */
  static void give(
      HttpServletRequest request,
      HttpServletResponse response,
      CompletionStage<Boolean> told,
      Text text)
      throws IOException {
    CompletableFuture<Boolean> known = told.toCompletableFuture();
    if (known.isDone()) {
      text.write(response, isTrue(known));
      return;
    }
    AsyncContext context = request.startAsync(request, response);
    LogoutAnswer answer = new LogoutAnswer(context, text);
    context.setTimeout(PATIENCE_MILLIS);
    context.addListener(answer);
    told.whenComplete((result, failure) -> answer.write(isTrue(known)));
  }

  private static boolean isTrue(CompletableFuture<Boolean> known) {
    return !known.isCompletedExceptionally() && known.getNow(false);
  }

  private void write(boolean told) {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      ServletResponse response = context.getResponse();
      text.write((HttpServletResponse) response, told);
      context.complete();
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "A request went away while it waited", e);
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    write(false);
  }

  @Override
  public void onError(AsyncEvent event) {
    over.set(true);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    over.set(true);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It waits only once.
  }
}
