package org.rollcall.cdi;

import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;
import org.rollcall.count.Counts;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Topic;

/**
 * One user in a count whom the application tracks. There is no entry and no meta, because a count
 * has none.
 */
final class ApplicationCount extends ApplicationPresence {
  private Counts.@Nullable Registration place;

  ApplicationCount(TrackedPresences files, Name name) {
    super(files, name);
  }

  static void requireEmpty(String given) {
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "The meta: expected an empty one, as a count has none, but got "
              + given.length()
              + " characters");
    }
  }

  @Override
  void place() {
    if (place == null) {
      place = files().counts().enter(new Topic(topic()), Count.Kind.USER, new Counted());
    }
  }

  @Override
  public String ref() {
    return "";
  }

  @Override
  void replace(String given) {
    requireEmpty(given);
  }

  @Override
  void end(LeaveReason reason) {
    if (place != null) {
      place.close();
      place = null;
    }
  }

  /** Is counted, and ignores the states and diffs that it gets. */
  private final class Counted implements CountSubscriber {
    @Override
    public boolean isOpen() {
      return ApplicationCount.this.isOpen();
    }

    @Override
    public void onState(Count state) {}

    @Override
    public void onDiff(Change change) {}
  }
}
