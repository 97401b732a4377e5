package org.rollcall.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Since when the owners of entries are gone.
 *
 * <p>An owner that was never seen up may be one that is just coming, whose entries arrived before
 * the view: it has some seconds more.
 *
 * <p>Not safe for many threads.
 */
public final class MemberStatus {
  private static final Duration COMING = Duration.ofSeconds(3);

  private final Duration grace;
  private final Membership members;
  private final Map<String, Instant> until = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private Set<String> up = Set.of();
  private Set<String> seen = Set.of();

  public MemberStatus(Duration grace, Membership members) {
    this.grace = grace;
    this.members = members;
  }

  /** Takes notice of who is up now. */
  public void view(List<String> members) {
    Set<String> earlier = new HashSet<>(seen);
    earlier.addAll(up);
    up = Set.copyOf(members);
    seen = earlier;
    until.keySet().removeAll(up);
  }

  public boolean isUp(String owner) {
    return up.contains(owner);
  }

  /** Tells whether the time of what an owner left is over. Asked for, it is remembered. */
  public boolean isOver(String owner, Instant now) {
    asked.add(owner);
    @Nullable Instant end = until.get(owner);
    if (end == null) {
      end = end(owner, now);
      until.put(owner, end);
    }
    return !now.isBefore(end);
  }

  /** A node that saw it go tells the nodes that did not. */
  private Instant end(String owner, Instant now) {
    Optional<Instant> told = members.deadline(owner);
    if (!seen.contains(owner)) {
      return told.orElseGet(() -> now.plus(grace).plus(COMING));
    }
    Instant end = now.plus(grace);
    if (told.isEmpty() || !told.get().isAfter(now)) {
      // A report of an earlier time is void: it has been back since.
      members.agree(owner, end, now);
    }
    return end;
  }

  /** Forgets the owners that nobody has asked for since the last time. */
  public void forget() {
    until.keySet().retainAll(asked);
    seen = new HashSet<>(seen);
    seen.retainAll(asked);
    asked.clear();
  }

  public boolean isEmpty() {
    return until.isEmpty();
  }
}
