package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Log-outs, on all nodes of a cluster. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LogoutsTest extends TwoNodeFixture {
  private static final Optional<String> DESK = Optional.of("desk");
  private static final Instant LOGIN = Instant.EPOCH;

  LogoutsTest() {
    super("PT1H");
  }

  private static Logouts logouts(LocalNode node) {
    return node.node().tokens().logouts();
  }

  private static Logout desk() {
    return new Logout(DESK, Optional.of("ada"), Optional.empty(), Instant.now(), "of the desk");
  }

  private static Logout all(String user) {
    return new Logout(
        Optional.empty(), Optional.of(user), Optional.empty(), Instant.now(), "of " + user);
  }

  private static boolean believes(LocalNode node, String user) {
    User.Grant grant = new User.Grant(DESK, Optional.empty(), Optional.of(LOGIN), Instant.MAX);
    return !logouts(node)
        .hasEnded(new User(user, Optional.empty(), Set.of(), Optional.empty(), grant));
  }

  private static LocalPeer join(LocalNode node, String user) {
    LocalPeer peer = node.connect(user, DESK, LOGIN);
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
    return peer;
  }

  @Test
  void aLogOutHoldsOnEveryNodeWhenTheCallReturnsAndClosesItsSockets() {
    LocalPeer here = join(one, "ada");
    LocalPeer there = join(two, "ada");
    LocalPeer phone = two.connect("ada", Optional.of("phone"), LOGIN);
    awaitPresent(one, "ada", true);
    awaitPresent(two, "ada", true);
    assertThat(logouts(one).tell(desk()).toCompletableFuture().join()).isTrue();
    assertThat(believes(one, "ada")).isFalse();
    assertThat(believes(two, "ada")).isFalse();
    assertThat(here.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(there.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    awaitPresent(one, "ada", false);
    awaitPresent(two, "ada", false);
    assertThat(phone.drain()).isEmpty();
  }

  @Test
  void aNodeThatStartsLaterKnowsItBeforeAnyoneConnects() {
    logouts(one).tell(all("ada")).toCompletableFuture().join();
    LocalNode three = clusterFixture.start();
    assertThat(believes(three, "ada")).isFalse();
    clusterFixture.stop(one);
    clusterFixture.crash(two);
    LocalNode four = clusterFixture.start();
    assertThat(believes(four, "ada")).isFalse();
    assertThat(four.connect("ada", DESK, LOGIN).closeCode()).isEqualTo(CloseCode.FORCED);
  }

  @Test
  void eachSideOfACutCarriesOutWhatItHasMissed() {
    LocalPeer ada = join(one, "ada");
    LocalPeer ben = join(two, "ben");
    clusterFixture.split(List.of(List.of(one), List.of(two)));
    assertThat(logouts(two).tell(all("ada")).toCompletableFuture().join()).isTrue();
    assertThat(logouts(one).tell(all("ben")).toCompletableFuture().join()).isTrue();
    assertThat(believes(one, "ada")).isTrue();
    assertThat(ada.isClosed()).isFalse();
    clusterFixture.merge();
    assertThat(ada.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(ben.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    for (LocalNode node : clusterFixture.running()) {
      awaitPresent(node, "ada", false);
      awaitPresent(node, "ben", false);
    }
  }

  @Test
  void aNodeThatHearsNothingForAMomentHearsItWhenItIsBack() {
    LocalPeer ada = join(two, "ada");
    awaitPresent(two, "ada", true);
    clusterFixture.hang(two);
    Logout logout = all("ada");
    boolean told = logouts(one).tell(logout).toCompletableFuture().join();
    assertThat(believes(one, "ada")).isFalse();
    assertThat(ada.isClosed()).isFalse();
    clusterFixture.merge();
    assertThat(ada.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(believes(two, "ada")).isFalse();
    // Unless the node was found out before the write gave up, the issuer tries again.
    Await.until(
        () -> assertThat(told || logouts(one).tell(logout).toCompletableFuture().join()).isTrue());
  }
}
