package org.rollcall.socket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.concurrent.PauseDetector;
import org.rollcall.config.ChannelSettings;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logout;
import org.rollcall.protocol.CloseCode;

/** The open sockets of this node. Safe for many threads; no call blocks but {@link #drain}. */
public final class SocketRegistry {
  private static final Logger LOG = System.getLogger(SocketRegistry.class.getName());

  /** How many threads may ask again for users' friends. */
  private static final int REFRESHING = 8;

  /** How long a node that drains waits for workers that are to close connections. */
  private static final long CLOSING_SECONDS = 5;

  private final Set<Socket> living = ConcurrentHashMap.newKeySet();
  private final UserSockets byUser = new UserSockets();
  private final Traffic traffic = new Traffic();
  private final SocketContext context;
  private final FriendsRefresher round;
  private final BoundedExecutor refreshing;
  private final TokenRenewals renewals;
  private final PauseDetector pauses;
  private final long idleNanos;
  private final Predicate<User> welcome;
  private volatile boolean draining;

  /**
   * Creates a node's sockets, of which there are none yet.
   *
   * @param welcome returns whether a user may still be here
   */
  public SocketRegistry(
      ChannelRouter router,
      NodeExecutors executors,
      ChannelSettings settings,
      Predicate<User> welcome) {
    this.welcome = welcome;
    ChannelSettings.Connection limits = settings.connection();
    // The queue is bounded by one question for each socket; clients that join find threads free.
    this.refreshing = new BoundedExecutor(executors.asking(), REFRESHING, Integer.MAX_VALUE);
    this.round = new FriendsRefresher(() -> living, executors.scheduler(), refreshing);
    this.renewals = new TokenRenewals(executors.scheduler());
    this.pauses = new PauseDetector(executors.nanos().getAsLong());
    this.idleNanos = limits.idle().toNanos();
    this.context =
        new SocketContext(
            router,
            this::remove,
            traffic,
            executors,
            new OutboxLimits(
                limits.outboxFrames(), limits.outboxTimeout().toNanos(), executors.nanos()),
            settings.limits());
  }

  /** Opens a socket for a client that has just connected. */
  public Socket open(Socket.Client client, Transport transport) {
    Socket socket = new Socket(client, transport, context);
    living.add(socket);
    byUser.add(socket);
    if (socket.isEnded()) {
      // Closed by name before it was known by all its names.
      remove(socket);
    } else if (draining) {
      socket.close(CloseCode.DRAINING);
    } else if (socket.user().filter(welcome.negate()).isPresent()) {
      // Blocked or logged out since the handshake; from now on such a socket is found by its user.
      socket.close(CloseCode.FORCED);
    }
    return socket;
  }

  private void remove(Socket socket) {
    living.remove(socket);
    byUser.remove(socket);
  }

  /** Closes idle and slow sockets. Called every second by one thread at a time. */
  public void check() {
    long now = context.executors().nanos().getAsLong();
    if (pauses.isOver(now)) {
      living.forEach(socket -> socket.check(now, idleNanos));
    }
  }

  /** Closes all sockets of a user. */
  public void disconnect(String userId) {
    of(userId).forEach(socket -> socket.close(CloseCode.FORCED));
  }

  /** Closes all sockets that a log-out ends, and returns their users. */
  public Set<String> logOut(Logout logout) {
    Set<String> users = new HashSet<>();
    for (Socket socket : living) {
      Optional<User> user = socket.user().filter(logout::ends);
      if (user.isPresent()) {
        users.add(user.get().id());
        socket.close(CloseCode.LOGGED_OUT);
      }
    }
    return users;
  }

  /** Informs a user's channels that a rule about the user has changed. */
  public void rulesChanged(String userId) {
    of(userId)
        .forEach(
            socket -> socket.mailbox().execute(() -> socket.changed(ChannelHandler::rulesChanged)));
  }

  /**
   * Asks the source again for users' friends, which may have changed. If friends stand in the
   * users' tokens, their sockets are closed instead, so that they come back with new tokens.
   */
  public void friendsChanged(Collection<String> userIds) {
    List<Socket> all = userIds.stream().flatMap(user -> of(user).stream()).toList();
    if (context.router().friendsStandInTokens()) {
      renewals.begin(all);
    } else {
      all.forEach(socket -> socket.friendsChanged(refreshing));
    }
  }

  /**
   * Asks the source again for the friends of all users, little by little. Does nothing if friends
   * stand in tokens, because then no node can have missed a change.
   */
  public void askAgain() {
    if (!context.router().friendsStandInTokens()) {
      round.begin();
    }
  }

  /** Returns a user's sockets. */
  public List<Socket> of(String userId) {
    return byUser.of(userId);
  }

  /**
   * Closes all sockets in batches, and every socket that opens before {@link #serve} at once.
   * Returns when all connections are closed, or after five seconds more; the workers then end the
   * rest.
   */
  public void drain(Drainer drainer) {
    draining = true;
    List<Socket> left = new ArrayList<>(living);
    List<CompletableFuture<?>> closing = new ArrayList<>(left.size());
    Random random = new Random();
    Collections.shuffle(left, random);
    for (int batches = drainer.batches(left.size()); !left.isEmpty(); batches--) {
      int size = left.size() / batches + (left.size() % batches == 0 ? 0 : 1);
      List<Socket> batch = left.subList(left.size() - size, left.size());
      batch.forEach(socket -> closing.add(socket.closing(CloseCode.DRAINING)));
      batch.clear();
      if (!left.isEmpty()) {
        drainer.step(random);
      }
    }
    // The sockets that opened between the two first lines.
    living.forEach(socket -> closing.add(socket.closing(CloseCode.DRAINING)));
    await(CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)));
  }

  private static void await(CompletableFuture<Void> closed) {
    try {
      closed.get(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "Some connections are left for the server to close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether every socket that opens is closed at once. */
  public boolean isDraining() {
    return draining;
  }

  /** Lets sockets open again. */
  public void serve() {
    draining = false;
  }

  /** Returns the numbers of messages and frames. */
  public Traffic traffic() {
    return traffic;
  }

  /** Returns how many users have sockets. */
  public int users() {
    return byUser.size();
  }

  /** Returns how many sockets are open. */
  public int size() {
    return living.size();
  }
}
