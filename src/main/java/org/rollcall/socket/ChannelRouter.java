package org.rollcall.socket;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.User;
import org.rollcall.protocol.Reason;

/** Finds the channel of a topic. Safe for many threads; no call blocks. */
public interface ChannelRouter {
  /**
   * Returns a new channel for a topic, or null if there is none of that name; then {@link #refusal}
   * says why.
   */
  @Nullable ChannelHandler open(String topic, Optional<User> user);

  /** Returns why there is no channel for a topic. */
  Reason refusal(String topic);

  /** Returns whether only a new token says more of a user's friends. */
  boolean friendsStandInTokens();
}
