package org.rollcall.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualMembership;

class QuorumTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ManualMembership members = new ManualMembership("self", "b", "c");
  private final Quorum quorum = new Quorum(members, nanos::get);

  private boolean isLostWith(String... nodes) {
    members.setUp(nodes);
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
    members.setLeaving("c");
    assertThat(isLostWith("self", "b")).isFalse();
    assertThat(isLostWith("self")).isFalse();
  }

  @Test
  void nodesThatSaidThatTheyLeaveAreNotLost() {
    members.setLeaving("b", "c");
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
