package org.rollcall.social;

import java.util.Set;

/**
 * The part of a topic's users that one viewer may see.
 *
 * @param self the viewer, who always sees itself
 * @param alone whether the viewer is shown nobody else
 * @param apart the users whom a rule hides from the viewer
 */
public record ViewerFilter(String self, boolean alone, Set<String> apart) {
  /** Returns whether the viewer may see a key. */
  public boolean shows(String key) {
    return isClear() || key.equals(self) || (!alone && !apart.contains(key));
  }

  /** Returns whether the viewer may see all users. */
  public boolean isClear() {
    return !alone && apart.isEmpty();
  }
}
