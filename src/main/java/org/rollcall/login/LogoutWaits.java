package org.rollcall.login;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Requests that wait until every node knows their log-out, and no thread with them.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class LogoutWaits {
  private static final String TOLD = LogoutWaits.class.getName();

  private LogoutWaits() {}

  /**
   * Lets a request wait, and come again after, unless the answer is there.
   *
   * @param told whether every node knows the log-out
   * @return the answer; empty if the request waits for it
   */
  static Optional<Boolean> begin(HttpServletRequest request, CompletionStage<Boolean> told) {
    CompletableFuture<Boolean> answer = told.toCompletableFuture();
    request.setAttribute(TOLD, answer);
    if (answer.isDone()) {
      return outcome(request);
    }
    RequestWait.begin(request, answer, () -> {});
    return Optional.empty();
  }

  /**
   * Returns whether every node knows the log-out that a request has waited for; empty if it has not
   * waited.
   */
  static Optional<Boolean> outcome(HttpServletRequest request) {
    return request.getAttribute(TOLD) instanceof CompletableFuture<?> told
        ? Optional.of(Boolean.TRUE.equals(told.getNow(null)))
        : Optional.empty();
  }
}
