package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.RoomAccess;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RoomLookupTest {
  private final List<String> asked = new ArrayList<>();
  private volatile RoomAccess access = join -> true;
  private final ManualNode node =
      new ManualNode(
          Map.of("rollcall.refusal.join", "PT0S"),
          user -> Set.of(),
          Optional.of(
              join -> {
                asked.add(join.user() + " " + join.room());
                return access.mayJoin(join);
              }));
  private final LocalPeer ada = node.connect(Optional.of("ada"));
  private final LocalPeer bob = node.connect(Optional.of("bob"));

  private static void join(LocalPeer peer, int ref, String room) {
    peer.send("[\"%d\",\"%d\",\"%s\",\"phx_join\",{}]".formatted(ref, ref, room));
  }

  @Test
  void aUserWhoMayJoinsAndTheNextEventsAreAnsweredAfterTheJoin() {
    node.holdUp(true);
    join(ada, 1, "room:1");
    ada.send("[\"1\",\"2\",\"room:1\",\"update\",{\"a\":1}]");
    assertThat(node.answers(ada)).isEmpty();
    node.holdUp(false);
    List<String> answers = node.answers(ada);
    assertThat(answers.get(0))
        .isEqualTo("[\"1\",\"1\",\"room:1\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
    assertThat(answers)
        .anyMatch(
            text -> text.startsWith("[\"1\",\"2\",\"room:1\",\"phx_reply\",{\"status\":\"ok\""));
    assertThat(asked).containsExactly("ada room:1");
  }

  @Test
  void aUserWhoMayNotIsUnauthorizedAndIsNotTracked() {
    access = join -> join.user().equals("bob");
    join(bob, 1, "room:1");
    node.answers(bob);
    join(ada, 1, "room:1");
    assertThat(node.answers(ada))
        .containsExactly(
            "[\"1\",\"1\",\"room:1\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":\"unauthorized\"}}]");
    assertThat(node.answers(bob)).isEmpty();
  }

  @Test
  void anApplicationThatThrowsLetsNobodyInAndTheNextJoinIsAskedFor() {
    access =
        join -> {
          throw new Exception("no database");
        };
    join(ada, 1, "room:1");
    assertThat(node.answers(ada)).singleElement().asString().contains("\"join crashed\"");
    access = join -> true;
    join(ada, 3, "room:1");
    assertThat(node.answers(ada).get(0)).contains("\"ok\"");
  }

  @Test
  void usersTakeTurns() {
    node.holdUp(true);
    for (int i = 1; i <= 3; i++) {
      join(ada, i, "room:" + i);
    }
    node.answers(ada);
    join(bob, 1, "room:9");
    node.answers(bob);
    node.holdUp(false);
    node.answers(bob);
    assertThat(asked).containsExactly("ada room:1", "bob room:9", "ada room:2", "ada room:3");
  }

  @Test
  void theJoinsOfAClientThatHasLeftAreNotAskedFor() {
    node.holdUp(true);
    join(ada, 1, "room:1");
    join(ada, 2, "room:2");
    node.answers(ada);
    ada.close();
    node.holdUp(false);
    node.answers(ada);
    assertThat(asked).isEmpty();
  }

  @Test
  void aMetaThatBreaksARuleIsRefusedBeforeAnybodyIsAsked() {
    ada.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{\"meta\":{\"phx_ref\":1}}]");
    assertThat(node.answers(ada)).singleElement().asString().contains("invalid meta");
    assertThat(asked).isEmpty();
  }
}
