package org.rollcall.node;

import java.time.InstantSource;
import org.rollcall.channel.TopicRouter;
import org.rollcall.config.ChannelSettings;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;

/** Puts together the parts that a node's channels of presence need. */
final class NodeRouter {
  private NodeRouter() {}

  static TopicRouter.Presences presences(
      ChannelSettings settings, Tracker tracker, Visibility visibility, TokenVerifier tokens) {
    return new TopicRouter.Presences(
        tracker, visibility, tokens, InstantSource.system(), settings.limits().lengths());
  }
}
