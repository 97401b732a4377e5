package org.rollcall.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that are up, down and removed, as this node knows them.
 *
 * <p>A node that leaves the view is down. Its entries and counts still count for the grace, for
 * users who come back. A node that saw it in the view announces to the others until when, so that
 * all drop its counts at the same time. After that the node is removed. It is remembered for ten
 * minutes, because other nodes may still count it, above all nodes that have just started. An owner
 * that was never seen up may be a node that is just joining, whose entries arrived before the view:
 * it has some seconds more.
 *
 * <p>Safe for many threads. Reads wait for nobody; {@link #view} is for the cluster's own threads,
 * {@link #isOver} and {@link #audit} for one worker at a time.
 */
public final class MemberTable {
  private static final Duration COMING = Duration.ofSeconds(3);

  /** Longer than the start of a node and the grace after it. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private volatile Known known = new Known(Map.of(), Set.of(), Set.of());

  /**
   * The whole table at one moment.
   *
   * @param down the ids of nodes that are down
   * @param out the ids of nodes that are down or removed
   */
  private record Known(Map<String, Member> members, Set<String> down, Set<String> out) {
    static Known of(Map<String, Member> members) {
      return new Known(
          Map.copyOf(members),
          ids(members.values(), Member::isDown),
          ids(members.values(), member -> member.isDown() || member.isRemoved()));
    }

    private static Set<String> ids(Collection<Member> members, Predicate<Member> which) {
      return members.stream().filter(which).map(Member::id).collect(Collectors.toUnmodifiableSet());
    }
  }

  /** Returns the ids of nodes that are down: their entries and counts still count. */
  public Set<String> down() {
    return known.down();
  }

  /** Returns the ids of nodes that are down or were removed a short time ago. */
  public Set<String> out() {
    return known.out();
  }

  /** Returns whether a node is removed: its entries and counts count no more. */
  public boolean isRemoved(String node) {
    @Nullable Member member = known.members().get(node);
    return member != null && member.isRemoved();
  }

  /** Takes over the nodes that are in the view. */
  public synchronized void view(List<String> up) {
    Map<String, Member> next = new HashMap<>(known.members());
    next.replaceAll((id, member) -> member.status() == Member.Status.UP ? member.down() : member);
    up.forEach(id -> next.put(id, Member.up(id)));
    known = Known.of(next);
  }

  /**
   * Returns whether the entries and counts of a node count no more. A node that this table does not
   * know is down from the first call on.
   *
   * @param grace how long the entries and counts of a node that is down still count
   * @param members exchanges the ends of these times with the other nodes
   */
  boolean isOver(String owner, Instant now, Duration grace, Membership members) {
    @Nullable Member member = known.members().get(owner);
    if (member != null && !member.isDown()) {
      return member.isRemoved();
    }
    Member down = member == null ? Member.found(owner) : member;
    if (down.until() == null) {
      down = down.downUntil(end(down, now, grace, members));
      decide(down);
    }
    return down.isOver(now);
  }

  private synchronized void decide(Member down) {
    Map<String, Member> next = new HashMap<>(known.members());
    // It may be back in the view by now.
    next.compute(down.id(), (id, at) -> at == null || at.isDown() ? down : at);
    known = Known.of(next);
  }

  /**
   * Returns until when a node that is down counts. If this node saw it up, it announces the end to
   * the others.
   */
  private static Instant end(Member down, Instant now, Duration grace, Membership members) {
    Optional<Instant> told = members.deadline(down.id());
    if (!down.seen()) {
      return told.orElseGet(() -> now.plus(grace).plus(COMING));
    }
    Instant end = now.plus(grace);
    if (told.isEmpty() || !told.get().isAfter(now)) {
      // A report of an earlier time is void: it has been back since.
      members.agree(down.id(), end, now);
    }
    return end;
  }

  /**
   * Decides until when each node that is down counts, and forgets nodes that were removed long ago.
   * Removes all nodes whose time is over in one step, because the counts of one may say which users
   * of another are back.
   */
  void audit(Instant now, Duration grace, Membership members) {
    for (String node : down()) {
      boolean unused = isOver(node, now, grace, members);
    }
    remove(now);
  }

  private synchronized void remove(Instant now) {
    Map<String, Member> next = new HashMap<>(known.members());
    next.values().removeIf(member -> member.isRemoved() && member.isOver(now));
    next.replaceAll(
        (id, member) ->
            member.isDown() && member.isOver(now) ? member.removed(now.plus(REMEMBERED)) : member);
    known = Known.of(next);
  }
}
