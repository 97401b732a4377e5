package org.rollcall.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Sends messages to all nodes, this one included. Safe for many threads; no call blocks. */
public interface ClusterMessenger {
  /** The message: close all sockets of the user in the text. */
  String DISCONNECT = "disconnect";

  /** The message: the friends of the users in the text, one on each line, may have changed. */
  String FRIENDS = "friends";

  /**
   * The message: the friends of the user in the text have changed. Answered once this is applied.
   */
  String FRIENDS_OF = "friends-of";

  /**
   * The message: rules about the users in the text, one on each line, have changed. Answered once
   * this is applied.
   */
  String RULES = "rules";

  /** Returns the report of each node in this node's view on itself, the senior's first. */
  CompletionStage<List<NodeReport>> reports();

  /**
   * Sends a message to every node, this one too.
   *
   * @param word the kind of the message, such as {@link #DISCONNECT}
   * @param text the users whom the message is about
   * @return the names of the nodes that did not answer; empty if all did
   */
  CompletionStage<List<String>> tell(String word, String text);

  /**
   * Handles the messages of one kind from now on.
   *
   * @param hearer gets the text of each message. If it throws, this node has not carried the
   *     message out. Called on a thread that may wait, for one message or several at a time
   */
  void hear(String word, Consumer<String> hearer);
}
