package org.rollcall.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The refs that a {@code Presence} shows for each key: states replace everything, joins add what is
 * new, leaves take away what is there. So a leave before its join leaves a ghost, as in a browser.
 */
public final class PresenceView {
  private final Map<String, Set<String>> refs = new TreeMap<>();

  /** Takes a frame; all but states and diffs change nothing. */
  public void apply(Frame frame) {
    if (frame.event().equals("presence_state")) {
      refs.clear();
      add(frame.payload());
    } else if (frame.event().equals("presence_diff")) {
      add(frame.joins());
      remove(frame.leaves());
    }
  }

  private void add(JsonObject joins) {
    joins
        .keySet()
        .forEach(key -> refs.computeIfAbsent(key, any -> new TreeSet<>()).addAll(refs(joins, key)));
  }

  private void remove(JsonObject leaves) {
    leaves
        .keySet()
        .forEach(
            key ->
                refs.computeIfPresent(
                    key,
                    (any, shown) -> {
                      shown.removeAll(refs(leaves, key));
                      return shown.isEmpty() ? null : shown;
                    }));
  }

  /** Returns the refs of a key: in a state's payload, or in one side of a diff. */
  public static Set<String> refs(JsonObject presences, String key) {
    Set<String> refs = new TreeSet<>();
    for (JsonValue meta : Frame.metas(presences, key)) {
      refs.add(meta.asJsonObject().getString("phx_ref"));
    }
    return refs;
  }

  /** Returns what is shown, by key. */
  public Map<String, Set<String>> refs() {
    return refs;
  }
}
