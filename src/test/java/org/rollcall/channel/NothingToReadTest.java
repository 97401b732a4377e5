package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/**
 * A stranger's join takes the same time for users who are online and offline: nothing is looked up.
 */
class NothingToReadTest {
  private static final Duration DELAY = Duration.ofSeconds(3);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final List<String> asked = new ArrayList<>();
  private final ManualNode node =
      new ManualNode(
          Map.of(),
          user -> {
            asked.add(user.id());
            return Set.of();
          });

  private LocalPeer connect(String user) {
    LocalPeer peer = node.connect(Optional.of(user));
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    assertThat(node.answers(peer)).hasSizeGreaterThanOrEqualTo(2);
    return peer;
  }

  @Test
  void aStrangerIsRefusedInTheSameWayAndTimeForEveryUser() throws RulesUnavailable {
    connect("online");
    connect("hidden");
    node.rules().make(VisibilityRule.hidden("hidden"), VisibilityRules.FOREVER);
    LocalPeer stranger = connect("stranger");
    asked.clear();
    for (String prefix : List.of("user:", "user_presence:")) {
      for (String user : List.of("online", "hidden", "offline")) {
        String topic = prefix + user;
        String join = "[\"12\",\"2\",\"" + topic + "\",\"phx_join\",{}]";
        String refusal =
            "[\"12\",\"2\",\""
                + topic
                + "\",\"phx_reply\",{\"status\":\"error\",\"response\":"
                + "{\"reason\":\"unauthorized\"}}]";
        stranger.send(join);
        assertThat(node.answers(stranger)).containsExactly(refusal);
        stranger.send(join);
        node.pass(DELAY.minus(MOMENT));
        assertThat(node.answers(stranger)).isEmpty();
        node.pass(MOMENT);
        assertThat(node.answers(stranger)).containsExactly(refusal);
      }
    }
    assertThat(asked).isEmpty();
  }
}
