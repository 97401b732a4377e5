package org.rollcall.start;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.rollcall.channel.Entrance;
import org.rollcall.channel.Refusals;
import org.rollcall.channel.Sockets;
import org.rollcall.count.Counts;
import org.rollcall.events.EventStreams;
import org.rollcall.identity.ConnectTokens;
import org.rollcall.identity.Tokens;
import org.rollcall.identity.Trust;
import org.rollcall.longpoll.LongPolls;
import org.rollcall.metrics.Meters;
import org.rollcall.presence.Cluster;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;

/** Hands the parts of the running node to the beans that ask for them. */
@ApplicationScoped
public class NodeParts {
  @Inject private Wiring wiring;

  /** Hands out the meters. */
  @Produces
  @Singleton
  Meters meters() {
    return wiring.begin().meters();
  }

  /** Hands out the tracker. */
  @Produces
  @Singleton
  Tracker tracker() {
    return wiring.begin().tracker();
  }

  /** Hands out the counts. */
  @Produces
  @Singleton
  Counts counts() {
    return wiring.begin().counts();
  }

  /** Hands out the nodes. */
  @Produces
  @Singleton
  Cluster cluster() {
    return wiring.begin().cluster();
  }

  /** Hands out the entrance. */
  @Produces
  @Singleton
  Entrance entrance() {
    return wiring.begin().entrance();
  }

  /** Hands out the refusals. */
  @Produces
  @Singleton
  Refusals refusals() {
    return wiring.begin().refusals();
  }

  /** Hands out the sockets. */
  @Produces
  @Singleton
  Sockets sockets() {
    return wiring.begin().sockets();
  }

  /** Hands out the streams of events. */
  @Produces
  @Singleton
  EventStreams streams() {
    return wiring.begin().connections().streams();
  }

  /** Hands out the sessions of clients that poll. */
  @Produces
  @Singleton
  LongPolls polls() {
    return wiring.begin().connections().polls();
  }

  /** Hands out the rule of visibility. */
  @Produces
  @Singleton
  Visibility visibility() {
    return wiring.begin().visibility();
  }

  /** Hands out the accepted tokens and the log-outs. */
  @Produces
  @Singleton
  Trust trust() {
    return wiring.begin().trust();
  }

  /** Hands out the signer of connect tokens; not as a verifier, which there is another of. */
  @Produces
  @Typed(ConnectTokens.class)
  @Singleton
  ConnectTokens connect() {
    return wiring.begin().trust().connect();
  }

  /** Hands out the verifier of tokens. */
  @Produces
  @Singleton
  Tokens tokens() {
    return wiring.begin().trust().tokens();
  }
}
