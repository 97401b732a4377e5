package org.rollcall.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Serializer;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.friends.FriendProviders;
import org.rollcall.socket.Socket;
import org.rollcall.socket.Transport;

/**
 * Rehearses joins before a node starts, so that its first users meet code that the JVM has
 * compiled: a join takes twice to three times the CPU time before that, and after a restart all
 * users come at once.
 *
 * <p>The joins run on a separate node, which is alone, and on connections that lead nowhere. So
 * they do not reach the caches, the counts or the metrics of the node that starts afterwards. Runs
 * on the thread that starts the node.
 */
final class WarmUp {
  private static final Logger LOG = System.getLogger(WarmUp.class.getName());
  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollcall.node", "warm-up",
          "rollcall.friends", "token",
          "rollcall.grace", "PT0S",
          "rollcall.grace.away", "PT0S",
          "rollcall.drain", "PT0S",
          "rollcall.token.secret", "nobody else has a token of a rehearsal");

  /** How many users are online at a time. */
  private static final int ONLINE = 200;

  private static final int FRIENDS = 20;

  /** How many joins may be unanswered at a time. */
  private static final int UNANSWERED = 16;

  private final Node node;
  private final long deadline;
  private final Semaphore answers = new Semaphore(UNANSWERED);
  private final ArrayDeque<Socket> online = new ArrayDeque<>(ONLINE);

  private WarmUp(Node node, long deadline) {
    this.node = node;
    this.deadline = deadline;
  }

  /**
   * Rehearses joins for a time; does nothing if it is zero. A rehearsal that fails keeps no node
   * from its start.
   */
  static void run(Duration time) {
    if (time.isZero()) {
      return;
    }
    try {
      int joins = rehearse(time);
      LOG.log(Level.INFO, "Warmed up by {0} joins on a node of its own", joins);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The node starts without a warm-up (rollcall.warmup)", e);
    }
  }

  /** Returns how many joins were answered. */
  static int rehearse(Duration time) {
    Settings settings = Settings.read(name -> Optional.ofNullable(SETTINGS.get(name)));
    FriendProvider friends = FriendProviders.of(settings.friends(), WarmUp::none);
    try (Node node =
        new Node(settings, new NodeSources(friends, Optional.empty(), Optional.empty()))) {
      return new WarmUp(node, System.nanoTime() + time.toNanos()).join();
    }
  }

  private static FriendProvider none() {
    throw new IllegalStateException("Friends stand in the tokens of a rehearsal");
  }

  private int join() {
    int joins = 0;
    while (mayJoin()) {
      Optional<User> user = node.tokens().verifier().verifyToConnect(token(joins % ONLINE));
      online.add(open(user, "user:" + joins % ONLINE));
      if (online.size() == ONLINE) {
        online.remove().close(CloseCode.FORCED);
      }
      joins++;
    }
    return joins;
  }

  private boolean mayJoin() {
    try {
      return answers.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
          && deadline - System.nanoTime() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String token(int number) {
    Set<String> friends =
        IntStream.rangeClosed(1, FRIENDS)
            .mapToObj(next -> "" + (number + next) % ONLINE)
            .collect(Collectors.toSet());
    return node.tokens()
        .connect()
        .mint(
            new User(
                "" + number,
                Optional.empty(),
                Set.of(),
                Optional.of(friends),
                User.Grant.until(Instant.MAX)));
  }

  private Socket open(Optional<User> user, String topic) {
    Socket socket =
        node.sockets().open(new Socket.Client(user, Serializer.V2), new Nowhere(answers));
    socket.receive("[\"1\",\"1\",\"%s\",\"phx_join\",{}]".formatted(topic));
    socket.receive("[null,\"2\",\"phoenix\",\"heartbeat\",{}]");
    return socket;
  }

  /**
   * A transport whose frames go nowhere.
   *
   * @param answers gets a permit when the frames of a join have come
   * @param frames counts them
   */
  private record Nowhere(Semaphore answers, AtomicInteger frames) implements Transport {
    /** The reply, the state, and the heartbeat's reply. */
    private static final int OF_A_JOIN = 3;

    Nowhere(Semaphore answers) {
      this(answers, new AtomicInteger());
    }

    @Override
    public void send(String text, Done done) {
      if (frames.incrementAndGet() == OF_A_JOIN) {
        answers.release();
      }
      done.sent(true);
    }

    @Override
    public void ping() {
      // Nobody answers it: the rehearsal is over before.
    }

    @Override
    public void close(CloseCode code) {
      // There is no connection.
    }
  }
}
