package org.rollcall.node;

/**
 * Stops the deployment. Its message is short and has no cause and no stack, because servers log
 * them several times; the reason is logged once, by {@link FailureReport}.
 */
final class NotStarted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotStarted() {
    super(
        "Rollcall has not started; the last line of the server's log says why", null, false, false);
  }
}
