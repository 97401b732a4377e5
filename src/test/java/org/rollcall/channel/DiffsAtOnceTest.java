package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;
import org.rollcall.testing.PresenceView;

/** Many friends come or go at one moment, as when a node dies or a network comes back. */
class DiffsAtOnceTest {
  private static final int FRIENDS = 20;
  private static final Set<String> NAMES =
      IntStream.range(0, FRIENDS).mapToObj(i -> "friend" + i).collect(Collectors.toSet());

  private final ManualNode node =
      new ManualNode(Map.of(), user -> user.id().equals("ada") ? NAMES : Set.of("ada"));
  private final LocalPeer ada = node.connect(Optional.of("ada"));
  private final PresenceView view = new PresenceView();
  private final List<LocalPeer> friends = new ArrayList<>();

  private void join(LocalPeer peer, String user, String payload) {
    peer.send("[\"1\",\"1\",\"user:" + user + "\",\"phx_join\"," + payload + "]");
  }

  /** Takes what Ada was sent, and returns how many diffs there were. */
  private long diffs() {
    List<Frame> frames = node.answers(ada).stream().map(Frame::of).toList();
    frames.forEach(view::apply);
    return frames.stream().filter(frame -> frame.event().equals("presence_diff")).count();
  }

  /** Returns the friends that Ada's list shows, which shows herself too. */
  private Set<String> shown() {
    Set<String> shown = new TreeSet<>(view.refs().keySet());
    assertThat(shown.remove("ada")).isTrue();
    return shown;
  }

  private void comeAtOnce() {
    for (String name : NAMES) {
      LocalPeer friend = node.connect(Optional.of(name));
      join(friend, name, "{}");
      friends.add(friend);
    }
  }

  private void goAtOnce() {
    int i = 0;
    for (String name : NAMES) {
      friends.get(i++).send("[\"1\",\"2\",\"user:" + name + "\",\"phx_leave\",{}]");
    }
  }

  @Test
  void diffsOnTheChannelComeInFewFrames() {
    join(ada, "ada", "{\"diffs\":\"channel\"}");
    assertThat(diffs()).as("of Ada herself").isEqualTo(1);
    comeAtOnce();
    assertThat(diffs()).isBetween(1L, 3L);
    assertThat(shown()).isEqualTo(NAMES);
    goAtOnce();
    assertThat(diffs()).isBetween(1L, 3L);
    assertThat(shown()).isEmpty();
  }

  @Test
  void diffsOnTheirOwnTopicsStayFramesOfTheirOwn() {
    join(ada, "ada", "{}");
    assertThat(diffs()).as("of Ada herself").isEqualTo(1);
    comeAtOnce();
    assertThat(diffs()).isEqualTo(FRIENDS);
    assertThat(shown()).isEqualTo(NAMES);
  }

  @Test
  void theDiffsOfARoomThatWaitForAMemberAreOneFrame() {
    ada.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
    assertThat(diffs()).as("of Ada herself").isEqualTo(1);
    ada.stall();
    for (String name : NAMES) {
      LocalPeer member = node.connect(Optional.of(name));
      member.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
      assertThat(node.answers(member)).isNotEmpty();
      friends.add(member);
    }
    ada.resume();
    assertThat(diffs()).as("the first, and one for all others").isEqualTo(2);
    assertThat(shown()).isEqualTo(NAMES);
  }

  @Test
  void diffsThatAreLongTogetherStayFramesOfTheirOwn() {
    ada.send("[\"1\",\"1\",\"room:1\",\"phx_join\",{}]");
    assertThat(diffs()).as("of Ada herself").isEqualTo(1);
    ada.stall();
    String meta = "{\"meta\":{\"pad\":\"" + "x".repeat(1_000) + "\"}}";
    for (String name : NAMES) {
      LocalPeer member = node.connect(Optional.of(name));
      member.send("[\"1\",\"1\",\"room:1\",\"phx_join\"," + meta + "]");
      assertThat(node.answers(member)).isNotEmpty();
    }
    ada.resume();
    assertThat(diffs()).as("the first, and 20 KB in frames of 16 KB at most").isEqualTo(3);
    assertThat(shown()).isEqualTo(NAMES);
  }
}
