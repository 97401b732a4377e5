package org.rollcall.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.count.Counts;
import org.rollcall.events.EventStreams;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.LogoutTokenVerifier;
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

  /** Produces the log-outs. */
  @Produces
  @Singleton
  Logouts logouts() {
    return nodeBeans.begin().tokens().logouts();
  }

  /** Produces the verifier of the issuer's reports of log-outs, if there is an issuer. */
  @Produces
  @Singleton
  Optional<LogoutTokenVerifier> logoutVerifier() {
    return nodeBeans.begin().tokens().logoutVerifier();
  }

  /** Produces the signer of connect tokens; not as a verifier, because there is another one. */
  @Produces
  @Typed(ConnectTokens.class)
  @Singleton
  ConnectTokens connect() {
    return nodeBeans.begin().tokens().connect();
  }

  /** Produces the verifier of tokens. */
  @Produces
  @Singleton
  TokenVerifier verifier() {
    return nodeBeans.begin().tokens().verifier();
  }
}
