package org.rollcall.bench;

/** Ends a run whose figures would be worth nothing: something is wrong, missing or lost. */
final class BenchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchFailure(String sentence) {
    super(sentence);
  }

  BenchFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
