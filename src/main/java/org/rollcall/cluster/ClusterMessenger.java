package org.rollcall.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** All nodes, this one among them, to be asked and told. Safe for many threads; no call blocks. */
public interface ClusterMessenger {
  /** The word for: close all sockets of the user who is named. */
  String DISCONNECT = "disconnect";

  /** The word for: the friends of the users who are named, a line each, may have changed. */
  String FRIENDS = "friends";

  /**
   * The word for: the friends of the user who is named have changed; answered once it is applied.
   */
  String FRIENDS_OF = "friends-of";

  /**
   * The word for: rules about the users named, a line each, have changed; answered once applied.
   */
  String RULES = "rules";

  /** Returns what each node of this node's view says of itself, the senior first. */
  CompletionStage<List<NodeReport>> reports();

  /**
   * Tells every node, this one too.
   *
   * @param word what is told, such as {@link #DISCONNECT}
   * @param text about whom or what
   * @return the names of the nodes that did not answer; empty if all did
   */
  CompletionStage<List<String>> tell(String word, String text);

  /**
   * Hears what nodes tell.
   *
   * @param hearer if it throws, this node has not carried it out; called on a thread that may wait,
   *     for one telling after the other or several at once
   */
  void hear(String word, Consumer<String> hearer);
}
