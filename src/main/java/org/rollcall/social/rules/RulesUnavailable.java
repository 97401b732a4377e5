package org.rollcall.social.rules;

import org.jspecify.annotations.Nullable;

/** Thrown when a rule cannot be stored now; its message is for the log, not for clients. */
public final class RulesUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with a sentence for the operator. */
  public RulesUnavailable(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
