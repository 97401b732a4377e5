package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceDiff.Change;

class NetChangesTest {
  private static final Meta ONE = meta("1");
  private static final Meta TWO = meta("2");
  private static final Meta THREE = meta("3");

  private static Meta meta(String ref) {
    return new Meta(ref, 1, "\"status\":\"" + ref + "\"");
  }

  private static Change join(Meta meta) {
    return new Change("ada", meta, null);
  }

  private static Change leave(Meta meta) {
    return new Change("ada", null, meta);
  }

  private static Change update(Meta before, Meta after) {
    return new Change("ada", after, before);
  }

  private static List<Change> net(Change first, Change then) {
    NetChanges net = new NetChanges();
    net.add(List.of(first, then));
    assertThat(net.isEmpty()).isEqualTo(net.changes().isEmpty());
    return net.changes();
  }

  @Test
  void aJoinAndItsLeaveAreNothing() {
    assertThat(net(join(ONE), leave(ONE))).isEmpty();
  }

  @Test
  void ofTwoUpdatesTheLastReplacesTheFirstMeta() {
    assertThat(net(update(ONE, TWO), update(TWO, THREE))).containsExactly(update(ONE, THREE));
  }

  @Test
  void aJoinAndItsUpdateAreOneJoin() {
    assertThat(net(join(ONE), update(ONE, TWO))).containsExactly(join(TWO));
  }

  @Test
  void anUpdateAndItsLeaveAreALeaveOfTheMetaThatIsShown() {
    assertThat(net(update(ONE, TWO), leave(TWO))).containsExactly(leave(ONE));
  }

  @Test
  void aConnectionThatIsOutOfViewForAMomentIsNothing() {
    assertThat(net(leave(ONE), join(ONE))).isEmpty();
  }

  @Test
  void aNewConnectionAndAnEndedOneOfAUserAreBothTold() {
    assertThat(net(leave(ONE), join(TWO))).containsExactly(leave(ONE), join(TWO));
  }

  @Test
  void usersDoNotMix() {
    Change other = new Change("bob", null, ONE);
    assertThat(net(join(ONE), other)).containsExactly(join(ONE), other);
  }

  /** What a client shows: it adds joins, then takes leaves away. */
  private static final class View {
    private final Map<String, Map<String, Meta>> metas = new TreeMap<>();

    void apply(List<Change> changes) {
      for (Change change : changes) {
        @Nullable Meta joined = change.joined();
        if (joined != null) {
          metas.computeIfAbsent(change.key(), key -> new TreeMap<>()).put(joined.ref(), joined);
        }
      }
      for (Change change : changes) {
        @Nullable Meta left = change.left();
        if (left != null) {
          metas.computeIfAbsent(change.key(), key -> new TreeMap<>()).remove(left.ref());
        }
      }
      metas.values().removeIf(Map::isEmpty);
    }
  }

  /** Some users' connections, and the next change of one of them. */
  private static final class Users {
    private final Random random;
    private final Map<String, List<Meta>> here = new TreeMap<>();
    private final Map<String, List<Meta>> outOfView = new TreeMap<>();
    private int refs;

    Users(long seed) {
      this.random = new Random(seed);
    }

    private List<Meta> of(Map<String, List<Meta>> some, String user) {
      return some.computeIfAbsent(user, key -> new ArrayList<>());
    }

    private Meta take(List<Meta> metas) {
      return metas.remove(random.nextInt(metas.size()));
    }

    Change next() {
      String user = "u" + random.nextInt(3);
      List<Meta> shown = of(here, user);
      List<Meta> hidden = of(outOfView, user);
      int kind = random.nextInt(4);
      if (kind == 0 && !hidden.isEmpty()) {
        Meta again = take(hidden);
        shown.add(again);
        return new Change(user, again, null);
      }
      if (shown.isEmpty() || kind == 1) {
        Meta joined = meta(String.valueOf(refs++));
        shown.add(joined);
        return new Change(user, joined, null);
      }
      Meta left = take(shown);
      if (kind == 2) {
        Meta changed = meta(String.valueOf(refs++));
        shown.add(changed);
        return new Change(user, changed, left);
      }
      if (random.nextBoolean()) {
        hidden.add(left);
      }
      return new Change(user, null, left);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aViewOfMergedDiffsIsTheViewOfEachDiff(long seed) {
    Users users = new Users(seed);
    Random random = new Random(seed);
    View each = new View();
    View merged = new View();
    for (int i = 0; i < 500; i++) {
      NetChanges waiting = new NetChanges();
      for (int size = random.nextInt(8); size >= 0; size--) {
        List<Change> diff = List.of(users.next());
        each.apply(diff);
        waiting.add(diff);
      }
      merged.apply(waiting.changes());
      assertThat(merged.metas).isEqualTo(each.metas);
    }
  }
}
