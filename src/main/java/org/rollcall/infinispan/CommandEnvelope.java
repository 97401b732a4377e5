package org.rollcall.infinispan;

import java.util.function.Function;
import org.infinispan.manager.EmbeddedCacheManager;

/**
 * A command on its way, which Infinispan runs on the other node, on a thread that may wait.
 *
 * @param command the command
 */
record CommandEnvelope(Command command) implements Function<EmbeddedCacheManager, Command.Result> {
  @Override
  public Command.Result apply(EmbeddedCacheManager manager) {
    return CommandDispatcher.run(manager, command);
  }
}
