package org.rollcall.channel;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.rollcall.identity.Disconnection;

/** Carries out the wish that a user's sockets end. */
@ApplicationScoped
public class Disconnections {
  @Inject private Sockets sockets;

  /** Closes the user's sockets on this node. */
  void on(@Observes Disconnection wish) {
    sockets.disconnect(wish.userId());
  }
}
