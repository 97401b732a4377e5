package org.rollcall.faults;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PresenceView;

/**
 * The state that a {@code Presence} shows, every change that came as a diff, and the keys that new
 * states removed.
 */
final class PresenceChannelView implements ChannelView {
  private final PresenceView view = new PresenceView();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> replaced = new ArrayList<>();
  private boolean begun;
  private boolean fresh;

  /**
   * One key in one diff.
   *
   * @param nanos when it came
   * @param key who
   * @param joined refs of its joins
   * @param left refs of its leaves
   */
  record Change(long nanos, String key, Set<String> joined, Set<String> left) {
    boolean isLeave() {
      return joined.isEmpty() && !left.isEmpty();
    }

    boolean isJoin() {
      return left.isEmpty() && !joined.isEmpty();
    }
  }

  @Override
  public void rejoin() {
    fresh = false;
  }

  @Override
  public boolean isFresh() {
    return fresh;
  }

  @Override
  public void take(Frame frame, long nanos) {
    if (frame.event().equals("presence_state")) {
      Map<String, Set<String>> before = refs();
      view.apply(frame);
      if (begun) {
        compare(before);
      }
      begun = true;
      fresh = true;
      return;
    }
    if (!fresh) {
      throw new AssertionError("Expected a state before " + frame);
    }
    Set<String> keys = new LinkedHashSet<>(frame.joins().keySet());
    keys.addAll(frame.leaves().keySet());
    for (String key : keys) {
      changes.add(new Change(nanos, key, refs(frame.joins(), key), refs(frame.leaves(), key)));
    }
    view.apply(frame);
  }

  private static Set<String> refs(JsonObject side, String key) {
    return side.containsKey(key) ? PresenceView.refs(side, key) : Set.of();
  }

  private void compare(Map<String, Set<String>> before) {
    before.forEach(
        (key, refs) -> {
          Set<String> now = view.refs().get(key);
          if (now == null) {
            lost.add(key);
          } else if (!now.equals(refs)) {
            replaced.add(key + " " + refs + " by " + now);
          }
        });
  }

  /** Returns the refs that are shown, by key. */
  Map<String, Set<String>> refs() {
    Map<String, Set<String>> copy = new TreeMap<>();
    view.refs().forEach((key, refs) -> copy.put(key, new TreeSet<>(refs)));
    return copy;
  }

  /** Returns all changes of all diffs, in their order. */
  List<Change> changes() {
    return List.copyOf(changes);
  }

  /** Returns the keys that were shown before a new join and missing in its state. */
  List<String> lost() {
    return List.copyOf(lost);
  }

  /** Returns the keys that had other refs after a new join. */
  List<String> replaced() {
    return List.copyOf(replaced);
  }
}
