package org.rollcall.presence;

import java.util.List;
import java.util.Map;

/**
 * The presences of a topic at one moment.
 *
 * @param version the version of the topic; later diffs have higher ones
 * @param metas the metas of each key, in the order in which its connections came
 */
public record PresenceState(long version, Map<String, List<Meta>> metas) {
  static final PresenceState EMPTY = new PresenceState(0, Map.of());
}
