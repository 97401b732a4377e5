package org.rollcall.cdi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.social.rules.VisibilityRules;

/**
 * An entry that the application tracks.
 *
 * <p>It is where a connection of its user would be: on the veiled topic while the user is visible
 * to nobody, and nowhere while the user may not be here.
 */
final class ApplicationEntry extends ApplicationPresence {
  private final Topic own;
  private String given;
  private @Nullable Topic at;
  private volatile @Nullable TrackedEntry entry;

  ApplicationEntry(TrackedPresences files, Name name, Topic own, String given) {
    super(files, name);
    this.own = own;
    this.given = given;
  }

  private Tracker tracker() {
    return files().tracker();
  }

  private @Nullable Topic next() {
    VisibilityRules rules = files().rules();
    if (rules.isBlocked(key())) {
      return null;
    }
    return rules.isHidden(key()) ? own.veiled(key()) : own;
  }

  @Override
  void place() {
    @Nullable Topic next = next();
    if (!Objects.equals(next, at)) {
      remove(LeaveReason.LEFT);
      if (next != null) {
        // As one who has just come: since when the user was here unseen is nobody's business.
        long now = tracker().tools().clock().instant().getEpochSecond();
        entry = tracker().track(next, key(), Meta.of(now, given), this);
      }
      at = next;
    }
  }

  @Override
  public String ref() {
    @Nullable TrackedEntry tracked = entry;
    return tracked == null ? "" : tracked.meta().ref();
  }

  @Override
  void replace(String changed) {
    given = changed;
    @Nullable TrackedEntry tracked = entry;
    if (tracked != null) {
      tracked.update(tracked.meta().with(changed));
    }
  }

  @Override
  void end(LeaveReason reason) {
    // The entry of a user who has just hidden must not linger for others.
    remove(Objects.equals(next(), at) ? reason : LeaveReason.LEFT);
  }

  private void remove(LeaveReason reason) {
    @Nullable TrackedEntry tracked = entry;
    if (tracked != null) {
      entry = null;
      at = null;
      tracked.end(reason);
    }
  }
}
