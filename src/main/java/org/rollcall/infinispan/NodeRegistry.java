package org.rollcall.infinispan;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.ClusterAuditor;
import org.rollcall.cluster.Membership;
import org.rollcall.config.WrongSetting;

/**
 * The registrations of the nodes: the name of each, the layout of its caches and messages, and
 * whether it is entering, up or leaving.
 *
 * <p>They are plain texts, so that nodes of any two versions can read each other's.
 */
final class NodeRegistry implements ClusterAuditor.Step {
  private static final Logger LOG = System.getLogger(NodeRegistry.class.getName());

  /**
   * The version of {@link ProtoAdapters}, of the caches' values, and of the hashes of keys, which
   * decide in which segment a cache has an entry.
   */
  static final int LAYOUT = 6;

  private static final int REPEATS = 8;
  private static final long LOOK_MILLIS = 20;
  private static final long PATIENCE_SECONDS = 10;
  private static final String ENTERING = "entering";
  private static final String UP = "up";
  private static final String LEAVING = "leaving";

  private final Cache<String, String> cache;
  private final Cache<String, String> here;
  private final Membership members;
  // The view may have changed before the first audit.
  private final AtomicInteger again = new AtomicInteger(REPEATS);
  private final GraceDeadlines graceDeadlines;
  private final Set<String> doubles = new HashSet<>();
  private volatile String card;
  private volatile boolean leaving;

  NodeRegistry(Cache<String, String> cache, Membership members, String name) {
    this.cache = cache;
    this.here = cache.getAdvancedCache().withFlags(Flag.CACHE_MODE_LOCAL);
    this.members = members;
    this.graceDeadlines = new GraceDeadlines(cache);
    this.card = LAYOUT + " " + name + " " + ENTERING;
  }

  /**
   * Registers this node. Waits until the nodes before it in the view have registered, for ten
   * seconds at most.
   *
   * <p>Of several nodes with one name that register at the same time, the senior in the view stays.
   * A node that is up already stays in any case: a merge may have put it behind a node that
   * registers.
   *
   * @throws WrongSetting if another node has the same name, or another layout
   */
  void enter(String name) {
    cache.put(members.self(), card);
    try {
      long begin = System.nanoTime();
      while (!isKnown(name)
          && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      leave();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the node entered its name", e);
    } catch (WrongSetting e) {
      leave();
      throw e;
    }
    announce(true);
  }

  /** Returns whether all nodes before this one in the view have registered. */
  private boolean isKnown(String name) {
    boolean known = true;
    boolean senior = true;
    for (String member : members.up()) {
      @Nullable String other = cache.get(member);
      if (member.equals(members.self())) {
        senior = false;
      } else if (other == null) {
        known &= !senior;
      } else {
        check(other, name, senior);
      }
    }
    return known;
  }

  private static void check(String other, String name, boolean senior) {
    String[] parts = other.split(" ", 3);
    if (!parts[0].equals(Integer.toString(LAYOUT))) {
      throw new WrongSetting(
          "rollcall.cluster",
          "nodes with layout " + LAYOUT + " of the caches",
          parts[1] + " with layout " + parts[0] + ": stop all nodes before the update");
    }
    if (parts[1].equals(name) && (senior || !parts[2].equals(ENTERING))) {
      throw new WrongSetting("rollcall.node", "a name that no other node has", name);
    }
  }

  /** Replaces this node's registration, for a test. */
  void pretend(String other) {
    card = other;
    cache.put(members.self(), card);
  }

  /**
   * Announces whether this node stays or leaves. If it leaves, its users are about to come back on
   * other nodes. Waits for the other nodes; if they cannot be reached, the next audits announce it
   * again.
   */
  synchronized void announce(boolean stays) {
    card = card.substring(0, card.lastIndexOf(' ') + 1) + (stays ? UP : LEAVING);
    try {
      say();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Not every node knows yet whether this one stays", e);
      again.set(REPEATS);
    }
  }

  /**
   * Writes this node's registration. This node takes itself as leaving only while the other nodes
   * know that it leaves.
   */
  private void say() {
    boolean stays = !card.endsWith(LEAVING);
    leaving &= !stays;
    cache.put(members.self(), card);
    leaving = !stays;
  }

  /**
   * Returns whether a node has announced that it leaves. For this node its own state decides,
   * because a merge may bring back an earlier announcement.
   */
  boolean isLeaving(String member) {
    return member.equals(members.self()) ? leaving : says(member, LEAVING);
  }

  /** Returns whether the last announcement of a node was that it stays. */
  boolean isStaying(String member) {
    return says(member, UP);
  }

  private boolean says(String member, String word) {
    @Nullable String known = cache.get(member);
    return known != null && known.endsWith(" " + word);
  }

  /** Returns the deadlines of nodes that are DOWN. */
  GraceDeadlines graceDeadlines() {
    return graceDeadlines;
  }

  void leave() {
    CacheConfigurations.removing(cache).remove(members.self());
  }

  /**
   * Has the next audits write the registration again. Does not compare views: a node that hung may
   * see the same view before and after.
   */
  @Override
  public void viewChanged() {
    again.set(REPEATS);
  }

  /**
   * Writes this node's registration again if this replica lacks it, and in the next eight audits
   * after a change of the view in any case, because a merge may have lost it in other replicas
   * only. Called by one worker at a time.
   *
   * <p>Removes the registrations of nodes that are neither UP nor DOWN from this replica. The
   * announcement of a node that is DOWN is kept for as long as the node counts.
   */
  @Override
  public synchronized void audit(ClusterAuditor.Audit audit) {
    List<String> up = members.up();
    if (again.getAndUpdate(left -> Math.max(0, left - 1)) > 0
        || !card.equals(cache.get(members.self()))) {
      say();
    }
    Set<String> down = members.table().down();
    List.copyOf(here.keySet()).stream()
        .filter(key -> !GraceDeadlines.isOne(key) && !up.contains(key) && !down.contains(key))
        .forEach(here::remove);
    graceDeadlines.forget(up);
    tellDoubles(up);
  }

  /**
   * Logs each other node that is up with this node's name: the two may have started while they
   * could not reach each other.
   */
  private void tellDoubles(List<String> up) {
    doubles.retainAll(up);
    String same = LAYOUT + " " + card.split(" ", 3)[1] + " " + UP;
    for (String member : up) {
      if (!member.equals(members.self()) && same.equals(cache.get(member)) && doubles.add(member)) {
        LOG.log(
            Level.ERROR,
            "Another node is up with this node''s name, {0}: stop one of them, and give it a name"
                + " that no other node has (rollcall.node)",
            card.split(" ", 3)[1]);
      }
    }
  }

  /** Returns the names of the members that are up, the senior first. */
  Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String member : members.up()) {
      @Nullable String known = cache.get(member);
      names.put(member, known == null ? member : known.split(" ", 3)[1]);
    }
    return names;
  }
}
