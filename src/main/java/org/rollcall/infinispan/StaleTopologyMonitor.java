package org.rollcall.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.topology.LocalTopologyManager;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.View;
import org.jgroups.protocols.pbcast.GMS;
import org.jspecify.annotations.Nullable;

/**
 * Notices when the caches still wait for nodes that have left, and has Infinispan determine its
 * members again.
 *
 * <p>In Infinispan 16.1 this happens when nodes leave within moments of a merge: the coordinator's
 * own topology then counts as older than the topology of the merge, and is ignored. Until the next
 * merge each write waits for the nodes that have left, and fails, and no node can join. So the
 * coordinator sends the view once more, as the view of a merge.
 *
 * <p>Called by one thread of the transport's timer at a time.
 */
final class StaleTopologyMonitor {
  private static final Logger LOG = System.getLogger(StaleTopologyMonitor.class.getName());
  // A topology follows its view, but not at once.
  private static final int LOOKS = 3;

  private final EmbeddedCacheManager manager;
  private final JChannel channel;
  private final LocalTopologyManager topologies;
  private @Nullable View seen;
  private int looks;

  private StaleTopologyMonitor(EmbeddedCacheManager manager, JChannel channel) {
    this.manager = manager;
    this.channel = channel;
    this.topologies = GlobalComponentRegistry.of(manager).getLocalTopologyManager();
  }

  /** Looks every second, until the channel is closed. */
  static void start(EmbeddedCacheManager manager, JChannel channel) {
    StaleTopologyMonitor check = new StaleTopologyMonitor(manager, channel);
    Future<?> unused =
        channel
            .getProtocolStack()
            .getTransport()
            .getTimer()
            .scheduleWithFixedDelay(check::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    @Nullable View view = channel.getView();
    if (view == null || !view.getCoord().equals(channel.getAddress()) || !isStale()) {
      seen = null;
      return;
    }
    looks = view.equals(seen) ? looks + 1 : 1;
    seen = view;
    GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
    if (looks >= LOOKS && !membership.isMergeInProgress()) {
      seen = null;
      LOG.log(Level.INFO, "Caches wait for nodes that have left: sent the view to all nodes again");
      List<Address> members = view.getMembers();
      long next = view.getViewId().getId() + 1;
      membership.castViewChangeAndSendJoinRsps(
          new MergeView(view.getCoord(), next, members, List.of(view)), null, members, null, null);
    }
  }

  private boolean isStale() {
    Set<org.infinispan.remoting.transport.Address> present = Set.copyOf(manager.getMembers());
    return CacheConfigurations.ALL.stream()
        .map(topologies::getCacheTopology)
        .anyMatch(known -> known != null && !present.containsAll(known.getActualMembers()));
  }
}
