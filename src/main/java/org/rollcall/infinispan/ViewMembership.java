package org.rollcall.infinispan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.infinispan.manager.EmbeddedCacheManager;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.DataRehashed;
import org.infinispan.notifications.cachelistener.annotation.TopologyChanged;
import org.infinispan.notifications.cachemanagerlistener.annotation.Merged;
import org.infinispan.notifications.cachemanagerlistener.annotation.ViewChanged;
import org.infinispan.notifications.cachemanagerlistener.event.ViewChangedEvent;
import org.infinispan.remoting.transport.Address;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.MemberTable;
import org.rollcall.cluster.Membership;

/**
 * The nodes of JGroups's view.
 *
 * <p>A node's id is that of its channel, so another run of the same node is another member, whose
 * entries are its own.
 */
final class ViewMembership implements Membership {
  private final String self;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> meetings = new CopyOnWriteArrayList<>();
  private volatile List<String> up;
  private final MemberTable table = new MemberTable();
  private volatile @Nullable NodeRegistry registry;
  private int newest = -1;

  ViewMembership(EmbeddedCacheManager manager) {
    this.self = id(manager.getAddress());
    this.up = List.of(self);
    // Listen before looking: a view that falls between the two is seen twice.
    manager.addListener(new Views(this));
    view(-1, manager.getMembers());
  }

  static String id(Address address) {
    return address.getNodeUUID().toString();
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public List<String> up() {
    return up;
  }

  /** Reads the announcements and deadlines of nodes from a registry from now on. */
  void read(NodeRegistry said) {
    registry = said;
  }

  @Override
  public boolean isLeaving(String node) {
    @Nullable NodeRegistry said = registry;
    return said != null && said.isLeaving(node);
  }

  @Override
  public boolean hasCrashed(String node) {
    @Nullable NodeRegistry said = registry;
    return said != null && !isUp(node) && said.isStaying(node);
  }

  @Override
  public Optional<Instant> deadline(String node) {
    @Nullable NodeRegistry said = registry;
    return said == null ? Optional.empty() : said.graceDeadlines().of(node);
  }

  @Override
  public void agree(String node, Instant end, Instant now) {
    @Nullable NodeRegistry said = registry;
    if (said != null) {
      said.graceDeadlines().agree(node, end, now);
    }
  }

  @Override
  public MemberTable table() {
    return table;
  }

  @Override
  public void listen(Runnable changed) {
    listeners.add(changed);
  }

  @Override
  public void whenMet(Runnable met) {
    meetings.add(met);
  }

  /** Takes over a view, unless a newer one was reported already: two may be reported at once. */
  private synchronized void view(int number, List<Address> members) {
    if (number < newest) {
      return;
    }
    newest = number;
    List<String> now = members.stream().map(ViewMembership::id).toList();
    // First: a thread that reads between the two must not miss a node in both.
    table.view(now);
    up = now;
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  /** Reports views; public because Infinispan calls it by reflection. */
  @Listener
  public static final class Views {
    private final ViewMembership members;

    Views(ViewMembership members) {
      this.members = members;
    }

    /** Takes over a view. */
    @ViewChanged
    @Merged
    public void on(ViewChangedEvent event) {
      members.view(event.getViewId(), event.getNewMembers());
      members.changed();
      if (event.isMergeView()) {
        members.meetings.forEach(Runnable::run);
      }
    }
  }

  /** Reports state transfers of a cache; public because Infinispan calls it by reflection. */
  @Listener(observation = Listener.Observation.POST)
  public static final class Transfers {
    private final ViewMembership members;

    Transfers(ViewMembership members) {
      this.members = members;
    }

    /** Reports that entries came or went without events. */
    @DataRehashed
    @TopologyChanged
    public void on(org.infinispan.notifications.cachelistener.event.Event<?, ?> event) {
      members.changed();
    }
  }
}
