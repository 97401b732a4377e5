package org.rollcall.infinispan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.WrongSetting;

/**
 * Checks that a new node has joined the nodes that it found.
 *
 * <p>Nodes with another secret answer to discovery, and then drop all messages. Without this check
 * the new node would run beside them, alone or with others of the same wrong secret, and no log
 * would say so.
 *
 * <p>A new node passes as soon as its view has a node that has passed this check itself. Other
 * nodes that it found may be missing: in a partition, discovery finds nodes that are in another
 * view. Nodes that start at the same moment look for servers outside their view until there are
 * none. A merge, or a view in flight, takes much less time than this check waits.
 */
final class ClusterJoinCheck {
  private static final long LOOK_MILLIS = 1000;
  private static final long PATIENCE_SECONDS = 10;

  private ClusterJoinCheck() {}

  /**
   * Waits until the node is in the others' view.
   *
   * @param passed returns whether the view has a node that has passed this check
   * @throws WrongSetting if there are others that do not take it in
   */
  static void check(JChannel channel, BooleanSupplier passed) throws InterruptedException {
    long begin = System.nanoTime();
    while (!passed.getAsBoolean()) {
      List<String> others = strangers(channel);
      if (others.isEmpty()) {
        return;
      }
      // Of nodes that start at the same moment, the larger view waits until the smaller has given
      // up.
      int patience = channel.getView().size() > others.size() ? 2 : 1;
      if (System.nanoTime() - begin > patience * TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new WrongSetting(
            "rollcall.cluster.secret",
            "the same secret as the other nodes have",
            "no answer from " + String.join(", ", others));
      }
    }
  }

  private static List<String> strangers(JChannel channel) throws InterruptedException {
    List<String> others = new ArrayList<>();
    @Nullable Discovery discovery = channel.getProtocolStack().findProtocol(Discovery.class);
    if (discovery == null) {
      return others;
    }
    Responses found = discovery.findMembers(null, false, false, LOOK_MILLIS);
    found.waitFor(LOOK_MILLIS);
    for (PingData other : found) {
      Address address = other.getAddress();
      if (other.isServer() && !channel.getView().containsMember(address)) {
        others.add(String.valueOf(other.getLogicalName()));
      }
    }
    return others;
  }
}
