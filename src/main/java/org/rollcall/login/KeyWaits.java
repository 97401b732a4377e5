package org.rollcall.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/**
 * Requests that wait for an issuer's keys, a few at a time, and no thread with them.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class KeyWaits {
  private static final String WAITED = KeyWaits.class.getName();
  private static final int MOST = 4;

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
    RequestWait.begin(request, answer, free::release);
    return true;
  }
}
