package org.rollcall.testing;

import java.util.List;
import java.util.Optional;

/** Makes clients of one node. */
@FunctionalInterface
public interface Peers {
  /**
   * Connects.
   *
   * @param vsn the version of the serializer
   * @param user the user's id, or nobody
   * @param friends the friends in the user's token
   */
  Peer connect(String vsn, Optional<String> user, List<String> friends);
}
