package org.rollcall.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rollcall.identity.Logout;
import org.rollcall.presence.Cluster;

/** Tells every node of a log-out. */
@ApplicationScoped
public class Farewell {
  private static final Logger LOG = System.getLogger(Farewell.class.getName());
  private static final int PATIENCE_SECONDS = 8;

  @Inject private Cluster cluster;

  /** Waits until every node has heard; tells whether all have. */
  public boolean tell(Logout logout) {
    try {
      List<String> deaf =
          cluster
              .tell(Cluster.LOGOUT, logout.text())
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!deaf.isEmpty()) {
        LOG.log(Level.WARNING, "A log-out was not heard by {0}", String.join(", ", deaf));
      }
      return deaf.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "A log-out could not be told to every node", e);
      return false;
    }
  }
}
