package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.CountView;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/**
 * Counts that hide people. Holds where {@code rollcall.counts.floor=5} and {@code
 * rollcall.counts.period=PT1S}.
 */
interface RoundedCountContract extends Deployed {
  /** Longer than a period, by what a node needs to notice it. */
  Duration LOOK = Duration.ofMillis(2100);

  /** An attack on one topic, of which the truth is known to the test only. */
  final class Target {
    final String topic;
    final int truth;
    final CountView view = new CountView();
    int guess = -1;

    Target(int number) {
      this.truth = number % 5;
      this.topic = "count:vc-" + number;
    }
  }

  private void take(PhoenixClient attacker, List<Target> targets, int own) {
    for (Optional<Frame> frame = attacker.nextWithin(Duration.ZERO);
        frame.isPresent();
        frame = attacker.nextWithin(Duration.ZERO)) {
      for (Target target : targets) {
        if (target.topic.equals(frame.get().topic()) && !frame.get().event().equals("phx_reply")) {
          target.view.apply(frame.get());
          if (target.guess < 0 && target.view.users() > 0) {
            // The rule of old: what shows six has six.
            target.guess = 6 - own;
          }
        }
      }
    }
  }

  @Test
  default void addingConnectionsUntilTheNumberMovesDoesNotRevealTheTruth() {
    List<Target> targets = new ArrayList<>();
    List<PhoenixClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      targets.add(new Target(i));
    }
    try {
      for (int i = 0; i < 4; i++) {
        PhoenixClient client = site().connect(TestToken.of("vc-there-" + i));
        clients.add(client);
        for (Target target : targets) {
          if (target.truth > i) {
            client.join(target.topic);
            client.next(target.topic, "presence_state");
          }
        }
      }
      PhoenixClient attacker = site().connect();
      clients.add(attacker);
      targets.forEach(target -> attacker.askToJoin(target.topic, "{\"track\":false}"));
      PhoenixClient silent = site().connect();
      clients.add(silent);
      for (int own = 1; own <= 20; own++) {
        // Six of one account, then others.
        PhoenixClient more = site().connect(TestToken.of("vc-evil-" + Math.max(0, own - 6)));
        clients.add(more);
        targets.forEach(target -> more.askToJoin(target.topic, "{}"));
        more.heartbeatAmongOthers();
        if (own <= 10 || own == 20) {
          // A look, with each number of connections that could be the one.
          assertThat(silent.nextWithin(LOOK)).isEmpty();
          take(attacker, targets, own);
        }
      }
      assertThat(targets).allSatisfy(target -> assertThat(target.view.users() % 5).isZero());
      assertThat(targets).allSatisfy(target -> assertThat(target.view.users()).isPositive());
      assertThat(targets.stream().filter(target -> target.guess == target.truth).count())
          .as("truths found by when a number shows")
          .isLessThan(17);
      assertThat(
              targets.stream().filter(target -> target.view.users() - 20 == target.truth).count())
          .as("truths found by what shows")
          .isLessThan(17);
    } finally {
      clients.forEach(PhoenixClient::close);
    }
  }

  @Test
  default void aNumberThatHidesPeopleIsTheSameOnEveryPath() {
    List<PhoenixClient> clients = new ArrayList<>();
    try (PhoenixClient watcher = site().connect()) {
      watcher.join("count:vd", "{\"track\":false}");
      CountView view = new CountView();
      view.apply(watcher.next("count:vd", "presence_state"));
      for (int i = 0; i < 12; i++) {
        PhoenixClient client = site().connect();
        clients.add(client);
        client.join("count:vd");
      }
      while (view.viewers() < 10) {
        view.apply(watcher.next("count:vd", "presence_diff"));
      }
      assertThat(view.viewers()).isEqualTo(10);
      assertThat(view.diffs()).isLessThanOrEqualTo(2);
      assertThat(site().get("counts/count:vd").body()).endsWith("\"total\":10}");
      assertThat(site().get("counts?topic=count:vd").body()).endsWith("\"total\":10}]");
    } finally {
      clients.forEach(PhoenixClient::close);
    }
  }
}
