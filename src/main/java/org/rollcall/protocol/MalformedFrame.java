package org.rollcall.protocol;

/** Thrown for a message that is not a frame; its message says what was expected and what came. */
public final class MalformedFrame extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates one with a sentence for the client. */
  public MalformedFrame(String sentence) {
    super(sentence, null, false, false);
  }

  /** Returns the sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
