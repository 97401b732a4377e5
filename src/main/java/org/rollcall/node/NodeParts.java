package org.rollcall.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.count.Counts;
import org.rollcall.events.EventStreams;
import org.rollcall.identity.oidc.Trust;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.longpoll.LongPolls;
import org.rollcall.metrics.Meters;
import org.rollcall.presence.Tracker;
import org.rollcall.social.Visibility;
import org.rollcall.socket.SocketRegistry;

/** Hands the parts of the running node to the beans that ask for them. */
@ApplicationScoped
public class NodeParts {
  @Inject private NodeBeans nodeBeans;

  /** Produces the meters. */
  @Produces
  @Singleton
  Meters meters() {
    return nodeBeans.begin().meters();
  }

  /** Produces the tracker. */
  @Produces
  @Singleton
  Tracker tracker() {
    return nodeBeans.begin().tracker();
  }

  /** Produces the counts. */
  @Produces
  @Singleton
  Counts counts() {
    return nodeBeans.begin().counts();
  }

  /** Produces the messenger to all nodes. */
  @Produces
  @Singleton
  ClusterMessenger messenger() {
    return nodeBeans.begin().messenger();
  }

  /** Produces the limiter of connections. */
  @Produces
  @Singleton
  ConnectionLimiter limiter() {
    return nodeBeans.begin().limiter();
  }

  /** Produces the delayed refusals. */
  @Produces
  @Singleton
  DelayedRefusals refusals() {
    return nodeBeans.begin().refusals();
  }

  /** Produces the sockets. */
  @Produces
  @Singleton
  SocketRegistry sockets() {
    return nodeBeans.begin().sockets();
  }

  /** Produces the streams of events. */
  @Produces
  @Singleton
  EventStreams streams() {
    return nodeBeans.begin().connections().streams();
  }

  /** Produces the sessions of clients that poll. */
  @Produces
  @Singleton
  LongPolls polls() {
    return nodeBeans.begin().connections().polls();
  }

  /** Produces the decision who may see whom. */
  @Produces
  @Singleton
  Visibility visibility() {
    return nodeBeans.begin().visibility();
  }

  /** Hands out the accepted tokens and the log-outs. */
  @Produces
  @Singleton
  Trust trust() {
    return nodeBeans.begin().trust();
  }

  /** Produces the signer of connect tokens; not as a verifier, because there is another one. */
  @Produces
  @Typed(ConnectTokens.class)
  @Singleton
  ConnectTokens connect() {
    return nodeBeans.begin().trust().connect();
  }

  /** Produces the verifier of tokens. */
  @Produces
  @Singleton
  TokenVerifier verifier() {
    return nodeBeans.begin().trust().verifier();
  }
}
