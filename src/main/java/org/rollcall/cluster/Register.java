package org.rollcall.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.infinispan.Cache;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.WrongSetting;
import org.rollcall.presence.Members;

/**
 * The names of the nodes, and the layout of what each of them sends.
 *
 * <p>Nothing but texts, so that nodes of any two versions can read each other's.
 */
final class Register {
  /** The version of {@link Words} and of what the caches hold. */
  static final int LAYOUT = 1;

  private static final String UP = "up";
  private static final String LEAVING = "leaving";

  private final Cache<String, String> cache;
  private final Members members;
  private volatile String card;

  Register(Cache<String, String> cache, Members members, String name) {
    this.cache = cache;
    this.members = members;
    this.card = LAYOUT + " " + name + " " + UP;
  }

  /**
   * Enters this node.
   *
   * @throws WrongSetting if another node has the same name, or another layout
   */
  void enter(String name) {
    cache.put(members.self(), card);
    others()
        .forEach(
            other -> {
              String[] parts = other.split(" ", 3);
              if (!parts[0].equals(Integer.toString(LAYOUT))) {
                leave();
                throw new WrongSetting(
                    "rollcall.cluster",
                    "nodes with layout " + LAYOUT + " of the caches",
                    parts[1] + " with layout " + parts[0] + ": stop all nodes before the update");
              }
              if (parts[1].equals(name)) {
                leave();
                throw new WrongSetting("rollcall.node", "a name that no other node has", name);
              }
            });
  }

  private List<String> others() {
    return members.up().stream()
        .filter(member -> !member.equals(members.self()))
        .map(cache::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Says that this node is another, for a test. */
  void pretend(String other) {
    card = other;
    cache.put(members.self(), card);
  }

  /** Says that this node will leave: what it has now is about to be on other nodes. */
  void announceLeave() {
    card = card.replace(" " + UP, " " + LEAVING);
    cache.put(members.self(), card);
  }

  /** Tells whether a node has said that it will leave. */
  boolean isLeaving(String member) {
    @Nullable String known = cache.get(member);
    return known != null && known.endsWith(" " + LEAVING);
  }

  void leave() {
    cache.remove(members.self());
  }

  /** Enters this node again if a merge lost it, and takes out who is gone. */
  void audit() {
    if (!card.equals(cache.get(members.self()))) {
      cache.put(members.self(), card);
    }
    if (members.isSenior()) {
      List.copyOf(cache.keySet()).stream()
          .filter(member -> !members.isUp(member))
          .forEach(cache::remove);
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
