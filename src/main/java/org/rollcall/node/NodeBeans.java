package org.rollcall.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.rollcall.PresenceUnavailable;
import org.rollcall.cdi.ServingNode;
import org.rollcall.concurrent.Poller;
import org.rollcall.config.Settings;
import org.rollcall.demo.Announcement;
import org.rollcall.demo.DemoFriends;
import org.rollcall.health.Health;
import org.rollcall.infinispan.InfinispanCleanup;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.social.friends.FriendProviders;
import org.rollcall.social.friends.ManagedFriends;
import org.rollcall.social.rules.RuleTable;

/**
 * Starts the node when the WAR is deployed, and stops it when the WAR is undeployed. {@link
 * NodeParts} hands out its parts.
 *
 * <p>If the start fails, both servers give the deployment up: they answer 404 for all of it.
 */
@ApplicationScoped
public class NodeBeans {
  private static final Logger LOG = System.getLogger("org.rollcall");

  private final StartOnce<Node> start = new StartOnce<>(this::run, FailureReport::of);
  private final Health health = new Health();
  private @Nullable Settings settings;
  private @Nullable FriendProvider friends;
  private @Nullable Node node;
  private @Nullable ApplicationBeans application;
  private @Nullable WildFlySuspendListener notice;
  private @Nullable Poller announcement;
  private boolean stopped;

  /** Starts the node, or stops the deployment with one sentence. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object deployed) {
    begin();
  }

  /** Stops the node, if {@link DrainListener} has not yet. */
  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object undeployed) {
    end();
  }

  /** Returns the node, and starts it if it was not started yet. */
  Node begin() {
    Node running = start.get();
    synchronized (this) {
      if (stopped) {
        throw new IllegalStateException("Rollcall has stopped");
      }
      return running;
    }
  }

  /**
   * Returns the parts of the node that the Java API needs.
   *
   * @throws PresenceUnavailable if it is starting, has failed to or has stopped
   */
  ServingNode serving() {
    try {
      Node running = begin();
      return new ServingNode(
          running.tracker(),
          running.counts(),
          running.connections().tracked(),
          settings().channels());
    } catch (NotStarted | IllegalStateException e) {
      throw new PresenceUnavailable(String.valueOf(e.getMessage()));
    }
  }

  /** Starts the node. Called once; the end of the deployment waits until it is done. */
  private synchronized Node run() {
    if (stopped) {
      throw new IllegalStateException("Rollcall has stopped");
    }
    Settings read = Settings.read();
    ApplicationBeans beans = new ApplicationBeans(CDI.current().select(Object.class), read);
    FriendProvider provider = FriendProviders.of(read.friends(), beans::friends);
    read.friendsWarning().ifPresent(sentence -> LOG.log(Level.WARNING, sentence));
    if (read.web().demo()) {
      demo(provider);
    }
    WarmUp.run(read.node().startAndStop().warmUp());
    Node running;
    try {
      running =
          new Node(read, new NodeSources(provider, RuleTable.of(read.friends()), beans.rooms()));
    } catch (RuntimeException | Error e) {
      beans.close();
      InfinispanCleanup.end();
      throw e;
    }
    settings = read;
    friends = provider;
    node = running;
    application = beans;
    beans.observe(running);
    health.started(running.health());
    notice = new WildFlySuspendListener(running::suspend, running::resume);
    LOG.log(Level.INFO, "Rollcall node {0} is up", read.node().name());
    if (read.web().demo()) {
      read.web().page().address().ifPresent(this::announce);
    }
    return running;
  }

  private static void demo(FriendProvider friends) {
    LOG.log(
        Level.WARNING,
        "The demo is on (rollcall.demo=true): anyone who reaches this server can be any user");
    if (friends instanceof ManagedFriends managed) {
      try {
        DemoFriends.fill(managed);
      } catch (SQLException e) {
        LOG.log(Level.WARNING, "The demo's people could not be made friends", e);
      }
    }
  }

  private void announce(URI address) {
    announcement = Announcement.of(address);
  }

  /** Stops the node for good, once. */
  synchronized void end() {
    stopped = true;
    if (announcement != null) {
      announcement.close();
      announcement = null;
    }
    if (node != null) {
      try {
        node.close();
      } finally {
        // Not before: a server that gets a signal to end meanwhile waits for it.
        if (notice != null) {
          notice.close();
          notice = null;
        }
        if (application != null) {
          application.close();
        }
      }
      InfinispanCleanup.end();
      node = null;
      health.stopped();
      LOG.log(Level.INFO, "Rollcall is down");
    }
  }

  /** Produces the settings. */
  @Produces
  @Singleton
  Settings settings() {
    begin();
    return known(settings);
  }

  /** Produces the provider of friends. */
  @Produces
  @Singleton
  FriendProvider friends() {
    begin();
    return known(friends);
  }

  /** Produces the node's health, also if there is no node; waits for nobody. */
  @Produces
  @Singleton
  Health health() {
    return health;
  }

  private static <T> T known(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("Rollcall has not started");
    }
    return part;
  }
}
