package org.rollcall.presence;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The joins and leaves of a topic at one moment.
 *
 * <p>Immutable but for {@link #form}. Safe for many threads.
 */
public final class PresenceDiff {
  /**
   * One connection's change.
   *
   * @param key whose connection
   * @param joined its meta from now on, or null if it left
   * @param left its meta until now, or null if it is new; both together are an update
   */
  public record Change(String key, @Nullable Meta joined, @Nullable Meta left) {}

  private final Topic topic;
  private final long version;
  private final List<Change> changes;
  private volatile @Nullable Object form;

  /**
   * Creates a diff.
   *
   * @param changes at least one
   */
  public PresenceDiff(Topic topic, long version, List<Change> changes) {
    this.topic = topic;
    this.version = version;
    this.changes = List.copyOf(changes);
  }

  /** Returns the topic on which it happened. */
  public Topic topic() {
    return topic;
  }

  /** Returns the topic's version that this diff leads to; snapshots of that version contain it. */
  public long version() {
    return version;
  }

  /** Returns the changes, at least one. */
  public List<Change> changes() {
    return changes;
  }

  /**
   * Returns another form of this diff, such as its text, made once for all subscribers.
   *
   * @param type the form's class; every subscriber must ask for the same one
   * @param maker makes it; may be called twice when two threads are the first
   */
  public <T> T form(Class<T> type, Function<PresenceDiff, T> maker) {
    Object made = form;
    if (made == null) {
      made = maker.apply(this);
      form = made;
    }
    return type.cast(made);
  }
}
