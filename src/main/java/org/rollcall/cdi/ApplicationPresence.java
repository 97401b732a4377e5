package org.rollcall.cdi;

import jakarta.json.JsonObject;
import org.rollcall.TrackedPresence;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Liveness;

/**
 * One presence that the application tracks: an entry, or a registration in a count.
 *
 * <p>Its lock makes its changes one sequence, so an end that comes while it is being tracked is
 * carried out after. Safe for many threads.
 */
abstract sealed class ApplicationPresence implements TrackedPresence, Liveness
    permits ApplicationEntry, ApplicationCount {
  private final TrackedPresences files;
  private final Name name;
  private volatile State state = State.OPEN;

  /** The topic and the key that the application gave. */
  record Name(String topic, String key) {}

  private enum State {
    OPEN,
    CLOSED,
    LOST
  }

  ApplicationPresence(TrackedPresences files, Name name) {
    this.files = files;
    this.name = name;
  }

  final TrackedPresences files() {
    return files;
  }

  @Override
  public final String topic() {
    return name.topic();
  }

  @Override
  public final String key() {
    return name.key();
  }

  @Override
  public final boolean isOpen() {
    return state == State.OPEN;
  }

  /** Tracks the presence. */
  final synchronized void open() {
    requireOpen();
    boolean begun = false;
    try {
      place();
      begun = true;
    } finally {
      if (!begun) {
        end(State.CLOSED, LeaveReason.LEFT);
      }
    }
  }

  /** Puts the presence where the present rules have it, if it is open. */
  final synchronized void look() {
    if (isOpen()) {
      place();
    }
  }

  @Override
  public final String update(JsonObject meta) {
    String given = files.given(meta);
    synchronized (this) {
      requireOpen();
      replace(given);
      return ref();
    }
  }

  private void requireOpen() {
    if (state == State.LOST) {
      throw TrackedPresences.unavailable();
    }
    if (state == State.CLOSED) {
      throw new IllegalStateException("The presence is closed");
    }
  }

  @Override
  public final synchronized void close() {
    end(State.CLOSED, LeaveReason.LEFT);
  }

  /** Ends the presence as lost, because the node does not serve any more. */
  final synchronized void lose() {
    end(State.LOST, LeaveReason.LOST);
  }

  private void end(State next, LeaveReason reason) {
    if (isOpen()) {
      state = next;
      files.drop(this);
      end(reason);
    }
  }

  /**
   * Puts the presence where the present rules have it. Called again when they change. Holds the
   * lock.
   */
  abstract void place();

  /** Takes another meta over. Holds the lock. */
  abstract void replace(String given);

  /** Removes it. Holds the lock. */
  abstract void end(LeaveReason reason);
}
