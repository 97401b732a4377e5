package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.identity.Logout;
import org.rollcall.presence.Cluster;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** What a log-out ends on one node. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogOutTest {
  private static final Instant BEFORE = Instant.ofEpochSecond(1000);
  private static final Instant NOW = Instant.ofEpochSecond(2000);
  private static final Instant AFTER = Instant.ofEpochSecond(3000);
  private static final Optional<String> DESK = Optional.of("desk");
  private static final Logout OF_THE_DESK = new Logout(DESK, Optional.of("ada"), NOW, "1");
  private static final Logout OF_ALL = new Logout(Optional.empty(), Optional.of("ada"), NOW, "2");

  private final LocalNode node = LocalNode.start(Map.of("rollcall.grace", "PT1H"));

  @AfterEach
  void stop() {
    node.close();
  }

  private void logOut(Logout logout) {
    assertThat(
            node.node().cluster().tell(Cluster.LOGOUT, logout.text()).toCompletableFuture().join())
        .isEmpty();
  }

  private LocalPeer backEnd() {
    return node.connect("2.0.0", Optional.of("ada"), List.of());
  }

  private void awaitAda(int connections) {
    Await.until(
        () ->
            assertThat(
                    node.node()
                        .tracker()
                        .list(Topic.ofUser("ada"))
                        .metas()
                        .getOrDefault("ada", List.of()))
                .hasSize(connections));
  }

  @Test
  void aSessionEndsWithItsSocketsAndThoseThatMayBeItsOwn() {
    LocalPeer desk = node.connect("ada", DESK, AFTER);
    LocalPeer unnamed = node.connect("ada", Optional.empty(), BEFORE);
    LocalPeer phone = node.connect("ada", Optional.of("phone"), BEFORE);
    LocalPeer later = node.connect("ada", Optional.empty(), AFTER);
    LocalPeer backEnd = backEnd();
    logOut(OF_THE_DESK);
    assertThat(desk.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(unnamed.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(List.of(phone, later, backEnd)).noneMatch(LocalPeer::isClosed);
  }

  @Test
  void allOfAUsersLogInsEndThatBeganBefore() {
    LocalPeer desk = node.connect("ada", DESK, BEFORE);
    LocalPeer unnamed = node.connect("ada", Optional.empty(), NOW);
    LocalPeer later = node.connect("ada", DESK, AFTER);
    LocalPeer backEnd = backEnd();
    logOut(OF_ALL);
    assertThat(desk.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(unnamed.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(List.of(later, backEnd)).noneMatch(LocalPeer::isClosed);
  }

  @Test
  void aHandshakeThatWasFasterThanTheLogOutIsClosed() {
    logOut(OF_ALL);
    assertThat(node.connect("ada", Optional.empty(), BEFORE).closeCode().code()).isEqualTo(1001);
    assertThat(node.connect("ada", DESK, BEFORE).closeCode().code()).isEqualTo(1001);
    assertThat(node.connect("ada", Optional.empty(), AFTER).isClosed()).isFalse();
    assertThat(backEnd().isClosed()).isFalse();
    assertThat(node.node().sockets().size()).isEqualTo(2);
  }

  @Test
  void whatLingersOfASessionsLostConnectionEndsAtOnce() {
    LocalPeer desk = node.connect("ada", DESK, BEFORE);
    desk.send("[\"11\",\"1\",\"user:ada\",\"phx_join\",{}]");
    awaitAda(1);
    desk.close(1006);
    awaitAda(1);
    logOut(OF_THE_DESK);
    awaitAda(0);
  }

  @Test
  void aSocketThatIsClosedWhileItOpensIsForgotten() {
    AtomicBoolean done = new AtomicBoolean();
    Logout logout = new Logout(DESK, Optional.empty(), NOW, "3");
    Sockets sockets = node.node().sockets();
    CompletableFuture<Void> ending =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                sockets.logOut(logout);
              }
            });
    for (int i = 0; i < 5_000; i++) {
      node.connect("user-" + i, DESK, BEFORE);
    }
    done.set(true);
    ending.join();
    sockets.logOut(logout);
    assertThat(sockets.size()).isZero();
    assertThat(sockets.users()).isZero();
  }
}
