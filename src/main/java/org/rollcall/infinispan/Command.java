package org.rollcall.infinispan;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;

/**
 * A request of one node to another, run there on a thread that may wait.
 *
 * @param word what is asked or told
 * @param about whom or what, if the word does not say it
 * @param numbers what it is asked with
 */
@SuppressWarnings("ArrayRecordComponent")
record Command(String word, String about, long[] numbers)
    implements Function<EmbeddedCacheManager, Command.Result> {

  /** A node's answer. */
  record Result(long[] numbers, String text) {
    static final Result NOTHING = new Result(new long[0], "");

    private static final String NOT_YET = "starting";

    /** Returns the answer of a node that is not ready to answer. */
    static Result starting() {
      return new Result(new long[0], NOT_YET);
    }

    boolean isStarting() {
      return text.equals(NOT_YET);
    }
  }

  /** Names nobody: what cannot be sent is logged. */
  @Override
  public String toString() {
    return "Command[" + numbers.length + " numbers]";
  }

  @Override
  public Result apply(EmbeddedCacheManager manager) {
    return CommandDispatcher.run(manager, this);
  }
}
