package org.rollcall.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rollcall.cluster.MemberTable;
import org.rollcall.cluster.Membership;

class QuorumTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> up = new ArrayList<>(List.of("self", "b", "c"));
  private final Set<String> leaving = new HashSet<>();
  private final Quorum quorum =
      new Quorum(
          new Membership() {
            private final MemberTable table = new MemberTable();

            @Override
            public MemberTable table() {
              return table;
            }

            @Override
            public String self() {
              return "self";
            }

            @Override
            public List<String> up() {
              return List.copyOf(up);
            }

            @Override
            public boolean hasCrashed(String node) {
              return !leaving.contains(node);
            }

            @Override
            public void listen(Runnable changed) {
              // The test looks by itself.
            }
          },
          nanos::get);

  private boolean isLostWith(String... nodes) {
    up.clear();
    up.addAll(List.of(nodes));
    quorum.look();
    return quorum.isLost();
  }

  @Test
  void aNodeThatHasLostFewerThanThereAreServes() {
    assertThat(isLostWith("self", "b")).isFalse();
  }

  @Test
  void aNodeThatHasLostMostOthersAtOnceOrLittleByLittleIsCutOff() {
    assertThat(isLostWith("self")).isTrue();
    assertThat(isLostWith("self", "b", "c")).isFalse();
    assertThat(isLostWith("self", "b")).isFalse();
    assertThat(isLostWith("self")).isTrue();
  }

  @Test
  void ofTwoNodesTheOneThatIsLeftServes() {
    leaving.add("c");
    assertThat(isLostWith("self", "b")).isFalse();
    assertThat(isLostWith("self")).isFalse();
  }

  @Test
  void nodesThatSaidThatTheyLeaveAreNotLost() {
    leaving.addAll(List.of("b", "c"));
    assertThat(isLostWith("self")).isFalse();
  }

  @Test
  void aNodeThatStartsAgainStandsForOneThatWasLost() {
    assertThat(isLostWith("self")).isTrue();
    assertThat(isLostWith("self", "d")).isFalse();
    assertThat(isLostWith("self")).isTrue();
    assertThat(isLostWith("self", "b", "d")).isFalse();
  }

  @Test
  void afterFiveMinutesTheLostAreTakenForDead() {
    assertThat(isLostWith("self")).isTrue();
    nanos.addAndGet(Quorum.PATIENCE.toNanos() - 1);
    assertThat(quorum.isLost()).isTrue();
    nanos.incrementAndGet();
    assertThat(quorum.isLost()).isFalse();
    assertThat(isLostWith("self", "b", "c")).isFalse();
    assertThat(isLostWith("self")).isTrue();
  }
}
