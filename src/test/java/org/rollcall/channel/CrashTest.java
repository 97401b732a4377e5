package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** A channel that fails in the worst way: by an error that is no exception. */
class CrashTest {
  private final ManualNode node = new ManualNode(Map.of());
  private boolean failing;

  private List<String> answers(LocalPeer peer, String frame) {
    peer.send(frame);
    return node.answers(peer);
  }

  @Test
  void anErrorEndsTheChannelAndTheClientHearsOfItAndMayJoinAgain() {
    node.entries()
        .listen(
            id -> {
              if (failing) {
                throw new StackOverflowError("expected by the test");
              }
            });
    LocalPeer ada = node.connect(Optional.of("ada"));
    answers(ada, "[\"1\",\"1\",\"count:1\",\"phx_join\",{}]");
    failing = true;
    assertThat(answers(ada, "[\"2\",\"2\",\"room:1\",\"phx_join\",{}]"))
        .anyMatch(frame -> frame.startsWith("[\"2\",\"2\",\"room:1\",\"phx_error\""))
        .noneMatch(frame -> frame.contains("count:1"));
    failing = false;
    assertThat(answers(ada, "[\"3\",\"3\",\"room:1\",\"phx_join\",{}]"))
        .anyMatch(frame -> frame.contains("\"presence_state\""));
  }
}
