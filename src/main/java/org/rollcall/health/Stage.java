package org.rollcall.health;

/** Whether a node takes clients in. */
public enum Stage {
  /** It does. */
  SERVING("serving"),
  /** The server has suspended it: its connections are closed, or are about to be. */
  SUSPENDED("suspended"),
  /** It is about to stop, and closes its connections. */
  DRAINING("draining");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** Returns the word that stands in answers. */
  String word() {
    return word;
  }
}
