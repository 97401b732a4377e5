package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicEntriesTest {
  private static final Topic TOPIC = new Topic("room:lobby");

  private final TopicEntries entries = new TopicEntries();

  private static PresenceEntry.Id id(int user, int connection) {
    return new PresenceEntry.Id(TOPIC, "u" + user, "c" + user + "-" + connection);
  }

  private static List<PresenceEntry.Id> of(Map<PresenceEntry.Id, Meta> all, String key) {
    return all.keySet().stream().filter(id -> id.key().equals(key)).toList();
  }

  /** Numbers of users below, around and above the size at which the index is made. */
  @ParameterizedTest
  @ValueSource(ints = {3, 12, 200})
  void aLookUpByKeyIsWhatASearchThroughAllWouldFind(int users) {
    Random random = new Random(users);
    Map<PresenceEntry.Id, Meta> expected = new LinkedHashMap<>();
    for (int i = 0; i < 5_000; i++) {
      PresenceEntry.Id id = id(random.nextInt(users), random.nextInt(3));
      // Twice as many come as go, then the other way round.
      if (random.nextInt(3) < (i / 500 % 2 == 0 ? 2 : 1)) {
        Meta meta = Meta.of(i, "");
        assertThat(entries.put(id, meta)).isEqualTo(expected.put(id, meta));
      } else {
        assertThat(entries.remove(id)).isEqualTo(expected.remove(id));
      }
      String key = "u" + random.nextInt(users);
      assertThat(entries.ids(key)).isEqualTo(of(expected, key));
      assertThat(entries.get(id)).isEqualTo(expected.get(id));
      assertThat(entries.size()).isEqualTo(expected.size());
    }
    assertThat(entries.ids()).containsExactlyElementsOf(expected.keySet());
    assertThat(entries.metasByKey().values().stream().mapToInt(List::size).sum())
        .isEqualTo(expected.size());
  }

  @Test
  void metasStandInTheOrderInWhichTheirConnectionsCame() {
    for (int connection = 0; connection < 3; connection++) {
      for (int user = 0; user < TopicEntries.FEW; user++) {
        entries.put(id(user, connection), Meta.of(connection, ""));
      }
    }
    entries.put(id(5, 0), Meta.of(7, ""));
    entries.remove(id(6, 1));
    assertThat(entries.metasByKey().get("u5"))
        .extracting(Meta::onlineAt)
        .containsExactly(7L, 1L, 2L);
    assertThat(entries.metasByKey().get("u6")).extracting(Meta::onlineAt).containsExactly(0L, 2L);
    assertThat(entries.ids("u6")).containsExactly(id(6, 0), id(6, 2));
    assertThat(entries.ids("nobody")).isEmpty();
  }
}
