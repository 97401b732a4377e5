package org.rollcall.infinispan;

import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.cluster.Digest;

/**
 * A request of one node to another.
 *
 * <p>Nodes send it as a word, a text and numbers: {@link #wire} and {@link #of}. A change of these
 * is a change of {@link NodeRegistry#LAYOUT}.
 */
@SuppressWarnings("ArrayRecordComponent")
sealed interface Command {
  /** Returns the command as it is sent. */
  Wire wire();

  /** Returns which one it is for of the {@link CommandDispatcher.Desk desks} of its type. */
  String desk();

  /**
   * A command as nodes send it.
   *
   * @param word the command and its desk, with a space between them
   * @param text the text of a message, else empty
   * @param numbers sums or ids, or none
   */
  record Wire(String word, String text, long[] numbers) {}

  /**
   * Asks an owner which of its elements of a cache differ.
   *
   * @param sums the sums of the owner's elements at the node that asks, one for each bucket
   */
  record Compare(String cache, long[] sums) implements Command {
    private static final String WORD = "ask";

    @Override
    public Wire wire() {
      return new Wire(WORD + " " + cache, "", sums);
    }

    @Override
    public String desk() {
      return cache;
    }
  }

  /**
   * Asks an owner to write elements of a cache again.
   *
   * @param ids hashes of the elements' ids
   */
  record WriteAgain(String cache, long[] ids) implements Command {
    private static final String WORD = "write";

    @Override
    public Wire wire() {
      return new Wire(WORD + " " + cache, "", ids);
    }

    @Override
    public String desk() {
      return cache;
    }
  }

  /** Asks a node for its report on itself. */
  record Report() implements Command {
    private static final String WORD = "report";

    @Override
    public Wire wire() {
      return new Wire(WORD, "", new long[0]);
    }

    @Override
    public String desk() {
      return "";
    }
  }

  /**
   * A message to all nodes.
   *
   * @param kind the kind of the message, such as {@link ClusterMessenger#DISCONNECT}
   * @param text the users whom the message is about
   */
  record Message(String kind, String text) implements Command {
    private static final String WORD = "tell";

    @Override
    public Wire wire() {
      return new Wire(WORD + " " + kind, text, new long[0]);
    }

    @Override
    public String desk() {
      return kind;
    }

    /** Names no user: a command that cannot be sent is logged. */
    @Override
    public String toString() {
      return "Message[" + text.length() + " characters]";
    }
  }

  /**
   * A command of another node that this node cannot read. It has no desk, and is never sent.
   *
   * @param reason what was expected, without the other node's words
   */
  record Unreadable(String reason) implements Command {
    @Override
    public Wire wire() {
      throw new IllegalStateException("expected a command that can be sent");
    }

    @Override
    public String desk() {
      return "";
    }
  }

  /** A node's answer. */
  record Result(long[] numbers, String text) {
    static final Result NOTHING = new Result(new long[0], "");

    private static final String NONE = "starting";

    /** Returns the answer of a node that is not ready to answer, or cannot read the command. */
    static Result none() {
      return new Result(new long[0], NONE);
    }

    boolean isNone() {
      return text.equals(NONE);
    }
  }

  /**
   * Returns the command that another node sent; {@link Unreadable} if this node does not know it.
   */
  static Command of(Wire wire) {
    String[] parts = wire.word().split(" ", 2);
    String desk = parts.length == 2 ? parts[1] : "";
    long[] numbers = wire.numbers();
    return switch (parts[0]) {
      case Compare.WORD ->
          numbers.length == Digest.BUCKETS
              ? new Compare(desk, numbers)
              : new Unreadable(
                  "expected " + Digest.BUCKETS + " sums, but got " + numbers.length + " numbers");
      case WriteAgain.WORD -> new WriteAgain(desk, numbers);
      case Report.WORD -> new Report();
      case Message.WORD -> new Message(desk, wire.text());
      default ->
          new Unreadable(
              "expected a command of layout "
                  + NodeRegistry.LAYOUT
                  + ", but got another one of "
                  + wire.word().length()
                  + " characters");
    };
  }
}
