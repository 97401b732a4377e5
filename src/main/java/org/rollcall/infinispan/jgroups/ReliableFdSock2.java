package org.rollcall.infinispan.jgroups;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Membership;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.stack.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * JGroups's detection of crashes by a connection to the next node of the view, but so that it holds
 * up no merge, and does not give up.
 *
 * <p>FD_SOCK2 of JGroups 5.5 connects on the thread that brings the view, and waits there; it may
 * keep connections to nodes that have left, which look open after a partition and are dead; and it
 * takes the next node for watched although it did not reach it. Here connections end with the
 * membership, and looking for the next node has a task of its own, which comes again every few
 * seconds. A node that cannot be reached is suspected once in a view: if it says that it lives,
 * heartbeats have to do.
 *
 * <p>Views and lost connections come from threads of JGroups, and wait for nothing here. Looking is
 * done by one thread of the transport at a time.
 */
public final class ReliableFdSock2 extends FD_SOCK2 {
  private static final long AGAIN_MILLIS = 3000;
  private static final long PATIENCE_NANOS = MILLISECONDS.toNanos(2 * AGAIN_MILLIS);
  // Of two that connect to each other at once, JGroups drops a connection, and what was sent by it.
  private static final long SECOND_MILLIS = 300;

  private final Map<Address, Long> unreachable = new ConcurrentHashMap<>();
  private volatile @Nullable View latest;
  private volatile @Nullable Address watched;
  private volatile @Nullable Future<?> regular;
  private volatile @Nullable Future<?> soon;
  private @Nullable Address tried;

  /** Called by JGroups, for the name of this class in a stack's file. */
  public ReliableFdSock2() {
    // Nodes know each other's messages by it.
    setId(ClassConfigurator.getProtocolId(FD_SOCK2.class));
  }

  @Override
  public void start() throws Exception {
    super.start();
    regular = timer.scheduleWithFixedDelay(this::look, AGAIN_MILLIS, AGAIN_MILLIS, MILLISECONDS);
  }

  @Override
  public void stop() {
    latest = null;
    cancel(regular);
    cancel(soon);
    super.stop();
  }

  private static void cancel(@Nullable Future<?> task) {
    if (task != null) {
      task.cancel(false);
    }
  }

  @Override
  public Object down(Event event) {
    if (event.getType() == Event.VIEW_CHANGE) {
      View view = event.getArg();
      @Nullable View before = latest;
      latest = view;
      unreachable.clear();
      if (before != null) {
        disconnect(before, view);
        // A suspicion that came after its node had left would stay with it when it is back.
        view.getMembers().stream()
            .filter(node -> !before.containsMember(node))
            .forEach(suspected_mbrs::remove);
      }
    }
    return super.down(event);
  }

  /** Closes connections to nodes that have left. */
  private void disconnect(View before, View now) {
    List<IpAddress> present =
        now.getMembers().stream().flatMap(node -> getPhysicalAddresses(node).stream()).toList();
    before.getMembers().stream()
        .filter(node -> !now.containsMember(node))
        .flatMap(node -> getPhysicalAddresses(node).stream())
        // A node that was started again is where it was before.
        .filter(address -> !present.contains(address))
        .forEach(address -> srv.closeConnection(address, false));
  }

  /** Called at a new view, when a connection is lost, and when a suspect has said that it lives. */
  @Override
  protected void connectToNextPingDest(@Nullable Address lost) {
    if (lost != null) {
      broadcastSuspectMessage(new ArrayList<>(List.of(lost)));
    }
    cancel(soon);
    soon = timer.schedule(this::look, isSecondOfTwo() ? SECOND_MILLIS : 0, MILLISECONDS);
  }

  /** Called when this node is alone: FD_SOCK2 then forgets which node it watches. */
  @Override
  protected void closeConnectionToPingDest() {
    super.closeConnectionToPingDest();
    watched = null;
  }

  private boolean isSecondOfTwo() {
    @Nullable View view = latest;
    return view != null && view.size() == 2 && view.getMembers().get(1).equals(local_addr);
  }

  /** Looks for the next node that can be watched. Waits for answers. */
  private synchronized void look() {
    @Nullable View view = latest;
    if (view == null) {
      return;
    }
    List<Address> failed = new ArrayList<>();
    for (Address node : others(view)) {
      if (isOver(view) || isWatched(node) || reach(node)) {
        break;
      }
      failed.add(node);
    }
    if (!isOver(view)) {
      long now = System.nanoTime();
      failed.removeIf(node -> unreachable.put(node, now) != null);
      if (!failed.isEmpty()) {
        broadcastSuspectMessage(failed);
      }
    }
  }

  private boolean isOver(View view) {
    return shutting_down || !view.equals(latest);
  }

  /**
   * Returns the other nodes, in the order of the view from the next one on. Nodes that another node
   * suspects, and nodes that could not be reached a moment ago, come last.
   */
  private List<Address> others(View view) {
    List<Address> nodes = view.getMembers();
    int self = nodes.indexOf(local_addr);
    List<Address> others = new ArrayList<>(nodes.subList(self + 1, nodes.size()));
    others.addAll(nodes.subList(0, Math.max(self, 0)));
    List<Address> last =
        others.stream()
            .filter(node -> suspected_mbrs.contains(node) || isUnreachable(node))
            .toList();
    others.removeAll(last);
    others.addAll(last);
    return others;
  }

  private boolean isUnreachable(Address node) {
    @Nullable Long since = unreachable.get(node);
    return since != null && System.nanoTime() - since < PATIENCE_NANOS;
  }

  private boolean reach(Address node) {
    @Nullable Address before = watched;
    @Nullable Address last = tried;
    // In any case FD_SOCK2 watches no other connection from here on.
    watched = null;
    tried = node;
    // It would close the connection to the last one tried, were that the same, but for this.
    Membership keeping = new Membership(last == null ? List.of() : List.of(last, local_addr));
    if (!connectTo(node, keeping)) {
      close(node);
      return false;
    }
    watched = node;
    if (before != null && !before.equals(node) && !before.equals(members.getPrevious(local_addr))) {
      close(before);
    }
    return true;
  }

  private void close(Address node) {
    getPhysicalAddresses(node).forEach(address -> srv.closeConnection(address, false));
  }

  /** Returns whether the end of a node would be noticed here at once. */
  boolean isWatched(Address node) {
    return node.equals(watched) && isConnectedTo(node);
  }

  /** Returns whether there is a connection to a node, from either side. */
  boolean isConnectedTo(Address node) {
    return getPhysicalAddresses(node).stream().anyMatch(srv::hasConnection);
  }
}
