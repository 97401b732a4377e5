package org.rollcall.login;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The wait of one request, without a thread: the request comes to its servlet again, on a thread of
 * the container's, when the answer is there, or after 4 seconds. Issuers do not wait for longer
 * than 5.
 */
final class RequestWait implements AsyncListener {
  private static final Logger LOG = System.getLogger(RequestWait.class.getName());
  private static final long PATIENCE_MILLIS = 4_000;

  private final AsyncContext context;
  private final Runnable end;
  private final AtomicBoolean over = new AtomicBoolean();

  private RequestWait(AsyncContext context, Runnable end) {
    this.context = context;
    this.end = end;
  }

  /**
   * Lets a request wait.
   *
   * @param end called once when it waits no more; must not block
   */
  static void begin(HttpServletRequest request, CompletionStage<?> answer, Runnable end) {
    RequestWait wait = new RequestWait(request.startAsync(), end);
    wait.context.setTimeout(PATIENCE_MILLIS);
    wait.context.addListener(wait);
    answer.whenComplete((result, failure) -> wait.goOn());
  }

  private void goOn() {
    if (end()) {
      try {
        context.dispatch();
      } catch (IllegalStateException e) {
        LOG.log(Level.DEBUG, "A request went away while it waited", e);
      }
    }
  }

  private boolean end() {
    boolean first = over.compareAndSet(false, true);
    if (first) {
      end.run();
    }
    return first;
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    goOn();
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
    // This wait is over; the next one listens for itself.
  }
}
