package org.rollcall.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.util.Responses;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.WrongSetting;

/**
 * Whether the nodes that a new node found have taken it in.
 *
 * <p>Nodes with another secret answer when they are looked for, and then drop all that is said: the
 * new node would run beside them, alone, and nobody would know.
 */
final class Company {
  private static final long LOOK_MILLIS = 1000;
  private static final long PATIENCE_SECONDS = 10;

  private Company() {}

  /**
   * Waits until the node is in the others' view.
   *
   * @throws WrongSetting if there are others that do not take it in
   */
  static void check(JChannel channel) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<String> others = strangers(channel);
    while (!others.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new WrongSetting(
            "rollcall.cluster.secret",
            "the same secret as the other nodes have",
            "no answer from " + String.join(", ", others));
      }
      others = strangers(channel);
    }
  }

  private static List<String> strangers(JChannel channel) throws InterruptedException {
    List<String> others = new ArrayList<>();
    @Nullable Discovery discovery = channel.getProtocolStack().findProtocol(Discovery.class);
    if (discovery == null || channel.getView().size() > 1) {
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
