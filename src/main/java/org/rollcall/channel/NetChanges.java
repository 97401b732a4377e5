package org.rollcall.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff.Change;

/**
 * What changes of one view, one after another, come to: a connection that has come and gone again
 * is in none, and of several updates the last one replaces the meta that the client has.
 *
 * <p>A client adds the joins of a diff first and then takes the leaves away. So no ref stands in
 * both.
 *
 * <p>Used by one thread at a time. A change costs the same however many there are, as it is added
 * under the lock of a topic.
 */
final class NetChanges {
  private record Connection(String key, String ref) {}

  /** By the key and the ref that the connection's next change begins with. */
  private final Map<Connection, Change> pending = new LinkedHashMap<>();

  /** Adds changes, which happened after all others. */
  void add(List<Change> changes) {
    changes.forEach(this::add);
  }

  private void add(Change change) {
    @Nullable Change earlier =
        pending.remove(connection(change.key(), change.left(), change.joined()));
    @Nullable Meta shown = earlier == null ? change.left() : earlier.left();
    @Nullable Meta wanted = change.joined();
    if (!Objects.equals(shown, wanted)) {
      pending.put(connection(change.key(), wanted, shown), new Change(change.key(), wanted, shown));
    }
  }

  /** Returns the connection that has the first meta, or the second if there is no first. */
  private static Connection connection(String key, @Nullable Meta first, @Nullable Meta second) {
    return new Connection(key, Objects.requireNonNull(first == null ? second : first).ref());
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Returns the least changes that lead to the same view. */
  List<Change> changes() {
    return pending.values().stream().map(NetChanges::told).toList();
  }

  /** A connection that was out of view and has another meta since is a join that replaces it. */
  private static Change told(Change change) {
    Meta joined = change.joined();
    Meta left = change.left();
    boolean sameRef = joined != null && left != null && joined.ref().equals(left.ref());
    return sameRef ? new Change(change.key(), joined, null) : change;
  }
}
