package org.rollcall.start;

import java.time.InstantSource;
import org.rollcall.channel.ChannelRouter;
import org.rollcall.config.ChannelSettings;
import org.rollcall.identity.Trust;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;

/** Puts together what a node's channels of presence need. */
final class NodeRouter {
  private NodeRouter() {}

  static ChannelRouter.Presences presences(
      ChannelSettings settings, Tracker tracker, Visibility visibility, Trust trust) {
    return new ChannelRouter.Presences(
        tracker, visibility, trust.tokens(), InstantSource.system(), settings.limits().lengths());
  }
}
