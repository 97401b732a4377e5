package org.rollcall.social;

import java.util.Set;

/**
 * The part of a topic's users that one viewer is shown.
 *
 * @param self the viewer, who always sees itself
 * @param alone whether the viewer is shown nobody else
 * @param apart the users whom a rule hides from the viewer
 */
public record ViewerFilter(String self, boolean alone, Set<String> apart) {
  /** Tells whether the viewer is shown a key. */
  public boolean shows(String key) {
    return isClear() || key.equals(self) || (!alone && !apart.contains(key));
  }

  /** Tells whether nobody is hidden from the viewer. */
  public boolean isClear() {
    return !alone && apart.isEmpty();
  }
}
