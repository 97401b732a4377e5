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
 * The names of the nodes, and the layout of what each of them sends.
 *
 * <p>Nothing but texts, so that nodes of any two versions can read each other's.
 */
final class NodeRegistry implements ClusterAuditor.Step {
  private static final Logger LOG = System.getLogger(NodeRegistry.class.getName());

  /**
   * The version of {@link ProtoAdapters}, of what the caches hold, and of where they hold it: the
   * hashes of keys.
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
   * Enters this node.
   *
   * <p>Of nodes of one name that enter at the same time the senior in the view stays, so each waits
   * until those before it have said their names. A node that is up stays in any case: a merge may
   * have put it behind one that enters.
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

  /** Tells whether the names of all seniors are known. */
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

  /** Says that this node is another, for a test. */
  void pretend(String other) {
    card = other;
    cache.put(members.self(), card);
  }

  /**
   * Says whether this node stays: if not, what it has now is about to be on other nodes. Waits for
   * them; nodes that cannot be told now are told by the audits.
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

  /** This node itself leaves only while the others know that it does. */
  private void say() {
    boolean stays = !card.endsWith(LEAVING);
    leaving &= !stays;
    cache.put(members.self(), card);
    leaving = !stays;
  }

  /**
   * Tells whether a node has said that it will leave. Of itself this node knows that best: a merge
   * may bring back what it said before.
   */
  boolean isLeaving(String member) {
    return member.equals(members.self()) ? leaving : says(member, LEAVING);
  }

  /** Tells whether the last that a node said was that it stays. */
  boolean isStaying(String member) {
    return says(member, UP);
  }

  private boolean says(String member, String word) {
    @Nullable String known = cache.get(member);
    return known != null && known.endsWith(" " + word);
  }

  /** Returns until when nodes that are gone count. */
  GraceDeadlines graceDeadlines() {
    return graceDeadlines;
  }

  void leave() {
    CacheConfigurations.removing(cache).remove(members.self());
  }

  /** Not by comparing views: a node that hung may see the same one before and after. */
  @Override
  public void viewChanged() {
    again.set(REPEATS);
  }

  /**
   * Takes out who is gone, and enters this node again: after a change of the view several times,
   * even if this copy has it, as a merge may have lost it in others only. Called by one worker.
   *
   * <p>Whether a node said that it would leave is kept as long as it counts.
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

  /** Nodes of one name that started while they did not reach each other find out when they meet. */
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
