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
 * <p>A node that leaves the view is down: what it left counts for the grace, for users who come
 * back. The node that saw it go tells the others until when, as they drop its counts together.
 * After that it is removed, and remembered for ten minutes: other nodes may still count it, above
 * all one that has just started. An owner that was never seen up may be one that is just coming,
 * whose entries arrived before the view: it has some seconds more.
 *
 * <p>Safe for many threads. Reads wait for nobody; {@link #view} is for the cluster's own threads,
 * {@link #isOver} and {@link #audit} for one worker at a time.
 */
public final class MemberTable {
  private static final Duration COMING = Duration.ofSeconds(3);

  /** Longer than a node that starts takes, and the grace after it. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private volatile Known known = new Known(Map.of(), Set.of(), Set.of());

  /**
   * All of it at one moment.
   *
   * @param down the ids of nodes that are down
   * @param out the ids of these and of nodes that are removed
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

  /** Returns the ids of nodes that are down: what they left still counts. */
  public Set<String> down() {
    return known.down();
  }

  /** Returns the ids of nodes that are down or were removed a short time ago. */
  public Set<String> out() {
    return known.out();
  }

  /** Tells whether what a node left counts no more. */
  public boolean isRemoved(String node) {
    @Nullable Member member = known.members().get(node);
    return member != null && member.isRemoved();
  }

  /** Takes over who is in the view. */
  public synchronized void view(List<String> up) {
    Map<String, Member> next = new HashMap<>(known.members());
    next.replaceAll((id, member) -> member.status() == Member.Status.UP ? member.down() : member);
    up.forEach(id -> next.put(id, Member.up(id)));
    known = Known.of(next);
  }

  /**
   * Tells whether the time is over of what a node left. Asked for, a node that this table does not
   * know is down.
   *
   * @param grace how long it counts
   * @param members tells the other nodes, and what they told
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

  /** A node that saw it go tells the nodes that did not. */
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
   * Decides of all that are down, removes all whose time is over at once, as one may say who of
   * another has come back, and forgets those that were removed long ago.
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
