package org.rollcall.channel;

import java.util.ArrayList;
import java.util.List;
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
 * <p>Used by one thread.
 */
final class NetChanges {
  /** One connection: what the client has of it, and what it should have. */
  private static final class Pending {
    private final String key;
    private final @Nullable Meta shown;
    private @Nullable Meta wanted;

    Pending(Change change) {
      this.key = change.key();
      this.shown = change.left();
      this.wanted = change.joined();
    }

    boolean continues(Change change) {
      Meta left = change.left();
      Meta joined = change.joined();
      if (!key.equals(change.key())) {
        return false;
      }
      if (left != null) {
        return wanted != null && wanted.ref().equals(left.ref());
      }
      // Out of view, and in view again.
      return wanted == null && shown != null && joined != null && shown.ref().equals(joined.ref());
    }

    @Nullable Change change() {
      if (Objects.equals(shown, wanted)) {
        return null;
      }
      boolean sameRef = shown != null && wanted != null && shown.ref().equals(wanted.ref());
      return new Change(key, wanted, sameRef ? null : shown);
    }
  }

  private final List<Pending> pending = new ArrayList<>();

  private NetChanges() {}

  /** Returns the least changes that lead where both lists lead, in the order of the first ones. */
  static List<Change> of(List<Change> first, List<Change> then) {
    NetChanges net = new NetChanges();
    first.forEach(net::add);
    then.forEach(net::add);
    return net.pending.stream().map(Pending::change).filter(Objects::nonNull).toList();
  }

  private void add(Change change) {
    for (Pending each : pending) {
      if (each.continues(change)) {
        each.wanted = change.joined();
        return;
      }
    }
    pending.add(new Pending(change));
  }
}
