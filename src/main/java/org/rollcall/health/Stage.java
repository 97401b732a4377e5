package org.rollcall.health;

/** Whether a node takes clients in. */
public enum Stage {
  /** The node takes clients in. */
  SERVING("serving"),
  /** The server has suspended the node: its connections are closed, or are about to be. */
  SUSPENDED("suspended"),
  /** The node is about to stop, and closes its connections. */
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
