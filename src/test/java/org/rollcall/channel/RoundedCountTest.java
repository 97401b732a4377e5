package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.rollcall.count.Count;
import org.rollcall.presence.Topic;
import org.rollcall.testing.CountView;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** A rounded count: the numbers that clients add up, and the numbers of the API. */
class RoundedCountTest {
  private static final Topic TOPIC = new Topic("count:1");
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final ManualNode node =
      new ManualNode(Map.of("rollcall.counts.floor", "5", "rollcall.counts.round", "3"));
  private final List<Visitor> visitors = new ArrayList<>();

  /** A client and the number that it shows. */
  private final class Visitor {
    final LocalPeer peer;
    final CountView view = new CountView();

    Visitor(Optional<String> user) {
      peer = node.connect(user);
      peer.send("[\"11\",\"1\",\"count:1\",\"phx_join\",{}]");
      look();
    }

    void look() {
      for (String text : node.answers(peer)) {
        Frame frame = Frame.of(text);
        if (!frame.event().equals("phx_reply")) {
          view.apply(frame);
        }
      }
    }

    Count shown() {
      look();
      return new Count(view.viewers(), view.users());
    }
  }

  private void come(int visitors, Optional<String> user) {
    for (int i = 0; i < visitors; i++) {
      this.visitors.add(new Visitor(user));
    }
  }

  /** Lets periods pass until every number has moved that is going to. */
  private void settle() {
    for (int i = 0; i < 50; i++) {
      node.pass(PERIOD);
      node.look();
    }
    node.pass(INTERVAL.multipliedBy(2));
  }

  private void assertAllShow(int viewers, int users) {
    node.pass(INTERVAL.multipliedBy(2));
    assertThat(visitors)
        .allSatisfy(visitor -> assertThat(visitor.shown()).isEqualTo(new Count(viewers, users)));
    assertThat(node.counts().count(TOPIC)).isEqualTo(new Count(viewers, users));
  }

  @Test
  void stateDiffAndApiHideTheSame() {
    come(4, Optional.empty());
    settle();
    assertAllShow(0, 0);
    come(2, Optional.empty());
    settle();
    assertAllShow(5, 0);
    come(2, Optional.of("ada"));
    settle();
    assertAllShow(5, 0);
    come(5, Optional.of("ada"));
    assertAllShow(5, 0);
    settle();
    assertAllShow(5, 5);
    visitors.remove(0).peer.close();
    settle();
    assertAllShow(5, 5);
    visitors.subList(0, 5).forEach(visitor -> visitor.peer.close());
    visitors.subList(0, 5).clear();
    assertAllShow(5, 5);
    settle();
    assertAllShow(0, 5);
  }

  @Test
  void aConnectionThatChangesNoShownNumberCausesNoFrame() {
    come(7, Optional.empty());
    settle();
    assertAllShow(5, 0);
    int diffs = visitors.get(0).view.diffs();
    come(1, Optional.empty());
    settle();
    assertAllShow(5, 0);
    assertThat(visitors.get(0).view.diffs()).isEqualTo(diffs);
  }

  @Test
  void howeverManyComeAndGoTheNumberMovesOncePerPeriod() {
    for (int period = 1; period <= 20; period++) {
      come(30, Optional.empty());
      node.pass(PERIOD.dividedBy(2));
      visitors.subList(1, 1 + (period % 2) * 20).forEach(visitor -> visitor.peer.close());
      visitors.subList(1, 1 + (period % 2) * 20).clear();
      node.pass(PERIOD.dividedBy(2));
      node.look();
      node.pass(INTERVAL.multipliedBy(2));
      visitors.get(0).look();
      assertThat(visitors.get(0).view.diffs()).isLessThanOrEqualTo(period);
    }
    assertThat(visitors.get(0).view.diffs()).isGreaterThan(10);
  }

  @Test
  void clientsThatAddUpAllShowTheSameWhateverHappened() {
    Random random = new Random(7);
    for (int step = 0; step < 500; step++) {
      if (random.nextInt(100) < (step < 250 ? 60 : 45)) {
        come(1, random.nextBoolean() ? Optional.empty() : Optional.of("u" + random.nextInt(5)));
      } else if (!visitors.isEmpty()) {
        visitors.remove(random.nextInt(visitors.size())).peer.close();
      }
      node.pass(Duration.ofSeconds(random.nextInt(20)));
      node.look();
      if (step % 20 == 0) {
        node.pass(INTERVAL.multipliedBy(2));
        Count shown = node.counts().count(TOPIC);
        assertAllShow(shown.viewers(), shown.users());
      }
    }
  }
}
