package org.rollcall.login;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Requests that wait for an issuer's keys, a few at a time, and no thread with them.
 *
 * <p>Safe for many threads; no call blocks. A request goes on, on a thread of the container's, when
 * the answer is there, or after 4 seconds: issuers do not wait for longer than 5.
 */
final class KeyWaits {
  private static final Logger LOG = System.getLogger(KeyWaits.class.getName());
  private static final String WAITED = KeyWaits.class.getName();
  private static final int MOST = 4;
  private static final long PATIENCE_MILLIS = 4_000;

  private final Semaphore free = new Semaphore(MOST);

  /**
   * Lets a request wait, and come again after.
   *
   * @return false if it has waited before, or too many do
   */
  boolean begin(HttpServletRequest request, CompletionStage<Void> answer) {
    if (request.getAttribute(WAITED) != null || !free.tryAcquire()) {
      return false;
    }
    request.setAttribute(WAITED, true);
    Wait wait = new Wait(request.startAsync());
    wait.context.setTimeout(PATIENCE_MILLIS);
    wait.context.addListener(wait);
    answer.thenRun(wait::goOn);
    return true;
  }

  private final class Wait implements AsyncListener {
    private final AsyncContext context;
    private final AtomicBoolean over = new AtomicBoolean();

    Wait(AsyncContext context) {
      this.context = context;
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
        free.release();
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
      // It waits only once.
    }
  }
}
