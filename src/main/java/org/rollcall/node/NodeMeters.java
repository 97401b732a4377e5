package org.rollcall.node;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.rollcall.api.RequestRefusals;
import org.rollcall.events.EventTraffic;
import org.rollcall.health.Stage;
import org.rollcall.identity.token.TokenRefusals;
import org.rollcall.longpoll.LongPolls;
import org.rollcall.metrics.Meters;
import org.rollcall.metrics.Meters.Name;
import org.rollcall.metrics.Stopwatch;
import org.rollcall.metrics.TimedFriends;
import org.rollcall.metrics.TimedStore;
import org.rollcall.presence.PresenceStore;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Reason;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.socket.SocketRegistry;
import org.rollcall.socket.Traffic;
import org.rollcall.socket.Transport;
import org.rollcall.transport.BodyRefusals;
import org.rollcall.transport.HandshakeRefusals;

/** Connects each meter of a node with the part that has its number. */
final class NodeMeters {
  private final Meters meters = new Meters();
  private final Stopwatch writes = new Stopwatch(System::nanoTime);
  private final Stopwatch answers = new Stopwatch(System::nanoTime);

  Meters meters() {
    return meters;
  }

  PresenceStore timed(PresenceStore store) {
    return new TimedStore(store, writes);
  }

  FriendProvider timed(FriendProvider friends) {
    return new TimedFriends(friends, answers);
  }

  /** Adds the meters of a node that is put together. */
  void add(Node node) {
    connections(node.connections());
    channels(node.sockets().traffic(), node);
    sent(node.sockets().traffic(), node);
    refusals();
    refusedRequests(node.connections().streams().traffic());
    cluster(node);
  }

  private void connections(NodeLifecycle.Connections connections) {
    SocketRegistry sockets = connections.sockets();
    LongPolls polls = connections.polls();
    Name open = Name.of("rollcall.sockets", "Open connections of clients.").by("transport");
    meters.gauge(open, "websocket", () -> Math.max(0, sockets.size() - polls.size()));
    meters.gauge(open, "longpoll", polls::size);
    meters.gauge(open, "events", connections.streams()::size);
    meters.gauge(Name.of("rollcall.users", "Users with a socket to this node."), sockets::users);
    Map<String, LongSupplier> closes = named(CloseCode.values(), sockets.traffic()::closes);
    closes.put("client", sockets.traffic().closesByClients());
    meters.counters(Name.of("rollcall.closes", "Sockets that have ended.").by("reason"), closes);
  }

  private void channels(Traffic traffic, Node node) {
    Name topics = Name.of("rollcall.topics", "Topics that someone is on or watches.").by("kind");
    meters.gauge(topics, "presence", node.tracker()::topics);
    meters.gauge(topics, "count", node.counts()::topics);
    Name channels = Name.of("rollcall.channels", "Joined channels.").by("kind");
    for (Traffic.Kind kind : Traffic.Kind.values()) {
      LongSupplier joins = traffic.joins(kind);
      LongSupplier leaves = traffic.leaves(kind);
      // First what ends: never below zero.
      meters.gauge(channels, word(kind), () -> -leaves.getAsLong() + (double) joins.getAsLong());
    }
    meters.counters(
        Name.of("rollcall.joins", "Channels that were joined.").by("kind"),
        named(Traffic.Kind.values(), traffic::joins));
    meters.counters(
        Name.of("rollcall.leaves", "Joined channels that have ended, in any way.").by("kind"),
        named(Traffic.Kind.values(), traffic::leaves));
    meters.counter(
        Name.of("rollcall.updates", "Metas that clients have replaced."), traffic.updates());
  }

  private void sent(Traffic traffic, Node node) {
    EventTraffic events = node.connections().streams().traffic();
    meters.counters(
        Name.of("rollcall.diffs.told", "Changes sent on a topic, counted once for all subscribers.")
            .by("kind"),
        Map.of("presence", node.tracker()::diffs, "count", node.counts()::diffs));
    meters.counter(
        Name.of("rollcall.diffs.sent", "Diffs given to connections, one by one."), traffic.diffs());
    meters.counters(
        Name.of("rollcall.frames.sent", "Frames, or pieces of events, that were sent.")
            .by("transport"),
        transports(traffic::frames, events::pieces));
    meters.counters(
        Name.of("rollcall.sent", "Payload that was sent, as UTF-8.").in("bytes").by("transport"),
        transports(traffic::bytes, events::bytes));
    meters.counter(
        Name.of(
            "rollcall.outbox.overflows",
            "Channels whose backlog was dropped for a fresh state, as their client is slow."),
        traffic.overflows());
  }

  private static Map<String, LongSupplier> transports(
      Function<Transport.Kind, LongSupplier> sockets, LongSupplier events) {
    Map<String, LongSupplier> transports = named(Transport.Kind.values(), sockets);
    transports.put("events", events);
    return transports;
  }

  private void refusals() {
    meters.counters(
        Name.of("rollcall.refused.handshakes", "Handshakes refused, wrong tokens aside.")
            .by("reason"),
        HandshakeRefusals.byReason());
    meters.counters(
        Name.of("rollcall.refused.tokens", "Tokens refused, at handshakes and by the API.")
            .by("reason"),
        TokenRefusals.byReason());
    meters.counters(
        Name.of("rollcall.refused.messages", "Joins and events answered with an error.")
            .by("reason"),
        named(Reason.values(), reason -> reason::given));
  }

  private void refusedRequests(EventTraffic events) {
    meters.counters(
        Name.of("rollcall.refused.requests", "Requests answered with a problem.").by("status"),
        RequestRefusals.byStatus());
    meters.counters(
        Name.of("rollcall.refused.events", "Requests for a stream of events refused.").by("reason"),
        events.refusals());
    meters.counters(
        Name.of("rollcall.refused.bodies", "Requests refused for their bodies.").by("reason"),
        BodyRefusals.byReason());
  }

  private void cluster(Node node) {
    meters.timer(Name.of("rollcall.friends", "Questions to the source of friends."), answers);
    meters.counter(
        Name.of("rollcall.friends.failures", "Questions that it did not answer."),
        answers::failures);
    meters.timer(
        Name.of("rollcall.store.write", "Writes of presence, until all nodes have them."), writes);
    meters.counter(
        Name.of("rollcall.store.failures", "Writes that failed, and are repaired."),
        writes::failures);
    meters.gauge(
        Name.of("rollcall.view.nodes", "Nodes that this one sees, itself among them."),
        () -> node.caches().members().up().size());
    meters.counter(
        Name.of("rollcall.repairs", "Entries, counts, rules and log-outs put right."),
        node::repairs);
    Name stage = Name.of("rollcall.stage", "1 for the stage that the node is in.").by("stage");
    for (Stage each : Stage.values()) {
      meters.gauge(stage, word(each), () -> node.health().stage().get() == each ? 1 : 0);
    }
    meters.gauge(
        Name.of("rollcall.refusals.waiting", "Refused handshakes that wait for their answer."),
        node.refusals()::size);
  }

  private static <E extends Enum<E>> Map<String, LongSupplier> named(
      E[] values, Function<E, LongSupplier> number) {
    Map<String, LongSupplier> named = new LinkedHashMap<>();
    Arrays.stream(values).forEach(value -> named.put(word(value), number.apply(value)));
    return named;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
