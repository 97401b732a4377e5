package org.rollcall.socket;

import java.util.concurrent.Executor;
import org.rollcall.presence.LeaveReason;
import org.rollcall.protocol.Message;

/**
 * The behaviour of one topic for one socket.
 *
 * <p>Called by one worker at a time, in the order of the client's messages: {@link #join} once,
 * then {@link #receive} for each event, then {@link #stop} once, which may also come before the
 * join has been answered.
 */
public interface ChannelHandler {
  /**
   * Joins: calls {@link Channel#accept}, {@link Channel#refuse} or {@link Channel#refuseLate}, now
   * or later in the mailbox.
   *
   * @throws JoinPayload.InvalidPayload to refuse a payload that cannot be understood
   * @throws MetaPayload.InvalidMeta to refuse a meta that breaks a rule
   */
  void join(Channel channel, Message request)
      throws JoinPayload.InvalidPayload, MetaPayload.InvalidMeta;

  /** Returns as what the joins and leaves of this topic are counted. */
  Traffic.Kind kind();

  /** Answers an event by {@link Channel#reply} and carries it out. */
  void receive(Channel channel, Message message);

  /**
   * Decides again which users the client sees, and which users see it. Called when a rule about its
   * user has changed.
   */
  default void rulesChanged(Channel channel) {
    // Nobody is shown here.
  }

  /**
   * Asks again for the user's friends. Called when they may have changed.
   *
   * @param asking runs the question, if it has to wait
   */
  default void friendsChanged(Channel channel, Executor asking) {
    // No friends are shown here.
  }

  /** Ends all work that the join began. */
  void stop(LeaveReason leaveReason);
}
