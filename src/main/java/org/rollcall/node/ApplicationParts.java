package org.rollcall.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.rollcall.Presence;
import org.rollcall.PublishedCounts;
import org.rollcall.cdi.LiveCounts;
import org.rollcall.cdi.LivePresence;
import org.rollcall.cdi.ServingNode;
import org.rollcall.cdi.TrackedPresences;

/**
 * Hands the Java API to the beans of the application.
 *
 * <p>A bean may ask for it before the node has started, as the source of friends does that the
 * start itself looks for. So the node is looked up at each call, and not at the injection.
 */
@ApplicationScoped
public class ApplicationParts {
  @Inject private NodeBeans nodeBeans;
  private volatile @Nullable ServingNode known;

  /** Produces the API of presence. */
  @Produces
  @Singleton
  Presence presence() {
    return new LivePresence(this::serving);
  }

  /** Produces the API of counts. */
  @Produces
  @Singleton
  PublishedCounts counts() {
    return new LiveCounts(this::serving);
  }

  /**
   * Returns the parts of the node. Waits for nobody once the node has started, because its end
   * holds the lock of {@link NodeBeans}.
   */
  private ServingNode serving() {
    @Nullable ServingNode node = known;
    if (node == null) {
      node = nodeBeans.serving();
      known = node;
    }
    if (!node.tracked().isServing()) {
      throw TrackedPresences.unavailable();
    }
    return node;
  }
}
