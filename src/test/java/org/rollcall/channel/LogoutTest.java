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
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.Topic;
import org.rollcall.protocol.CloseCode;
import org.rollcall.socket.SocketRegistry;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** The sockets and entries that a log-out ends on one node. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogoutTest {
  private static final Optional<String> DESK = Optional.of("desk");
  private static final Optional<String> NOBODY = Optional.empty();
  private static final Optional<String> ISSUERS_ADA = Optional.of("issuers-ada");

  private final Instant now = Instant.now();
  private final Instant before = now.minusSeconds(60);
  private final Instant after = now.plusSeconds(60);
  private final Logout ofTheDesk = new Logout(DESK, Optional.of("ada"), NOBODY, now, "1");
  private final Logout ofAll = new Logout(Optional.empty(), Optional.of("ada"), NOBODY, now, "2");
  private final LocalNode node = LocalNode.start(Map.of("rollcall.grace", "PT1H"));

  @AfterEach
  void stop() {
    node.close();
  }

  private void logOut(Logout logout) {
    assertThat(node.node().tokens().logouts().tell(logout).toCompletableFuture().join()).isTrue();
  }

  private LocalPeer backEnd() {
    return node.connect("2.0.0", Optional.of("ada"), List.of());
  }

  private static void joinOwn(LocalPeer peer, String user) {
    peer.send("[\"11\",\"1\",\"user:" + user + "\",\"phx_join\",{}]");
  }

  private void awaitBob(boolean present) {
    Topic topic = Topic.ofUser("bob");
    Await.until(
        () ->
            assertThat(node.node().tracker().list(topic).metas().containsKey("bob"))
                .isEqualTo(present));
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
    LocalPeer desk = node.connect("ada", DESK, before);
    LocalPeer nextAtTheDesk = node.connect("ada", DESK, after);
    LocalPeer unnamed = node.connect("ada", Optional.empty(), before);
    LocalPeer phone = node.connect("ada", Optional.of("phone"), before);
    LocalPeer later = node.connect("ada", Optional.empty(), after);
    LocalPeer backEnd = backEnd();
    logOut(ofTheDesk);
    assertThat(desk.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(unnamed.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(List.of(nextAtTheDesk, phone, later, backEnd)).noneMatch(LocalPeer::isClosed);
  }

  @Test
  void allOfAUsersLogInsEndThatBeganBefore() {
    LocalPeer desk = node.connect("ada", DESK, before);
    LocalPeer unnamed = node.connect("ada", Optional.empty(), now);
    LocalPeer later = node.connect("ada", DESK, after);
    LocalPeer backEnd = backEnd();
    logOut(ofAll);
    assertThat(desk.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(unnamed.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(List.of(later, backEnd)).noneMatch(LocalPeer::isClosed);
  }

  @Test
  void aUserWhomOnlyTheIssuersNameIsKnownOfIsLoggedOutAsWell() {
    LocalPeer desk = node.connect("ada", DESK, before);
    LocalPeer phone = node.connect("ada", Optional.of("phone"), before);
    LocalPeer unnamed = node.connect("ada", Optional.empty(), before);
    LocalPeer bob = node.connect("bob", Optional.empty(), before);
    LocalPeer backEnd = backEnd();
    logOut(new Logout(DESK, NOBODY, ISSUERS_ADA, now, "3"));
    assertThat(desk.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(unnamed.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(List.of(phone, bob, backEnd)).noneMatch(LocalPeer::isClosed);
    logOut(new Logout(NOBODY, NOBODY, ISSUERS_ADA, now, "4"));
    assertThat(phone.closeCode()).isEqualTo(CloseCode.LOGGED_OUT);
    assertThat(List.of(bob, backEnd)).noneMatch(LocalPeer::isClosed);
  }

  @Test
  void lingeringEntriesEndThoughOnlyTheIssuersNameIsKnown() {
    LocalPeer phone = node.connect("ada", Optional.of("phone"), before);
    joinOwn(phone, "ada");
    awaitAda(1);
    phone.close(1006);
    Await.until(() -> assertThat(node.node().sockets().size()).isZero());
    logOut(new Logout(NOBODY, NOBODY, ISSUERS_ADA, now, "3"));
    awaitAda(0);
  }

  @Test
  void aLostConnectionsEntryEndsWithItsSessionThoughNoUserIsNamed() {
    LocalPeer desk = node.connect("ada", DESK, before);
    LocalPeer phone = node.connect("bob", Optional.of("phone"), before);
    joinOwn(desk, "ada");
    joinOwn(phone, "bob");
    awaitBob(true);
    awaitAda(1);
    desk.close(1006);
    phone.close(1006);
    Await.until(() -> assertThat(node.node().sockets().size()).isZero());
    logOut(new Logout(DESK, NOBODY, NOBODY, after, "3"));
    awaitAda(0);
    awaitBob(true);
  }

  @Test
  void anEntryThatThisNodeLeftForOthersEndsWithItsSessionThoughNobodyIsNamed() {
    LocalPeer desk = node.connect("ada", DESK, before);
    LocalPeer phone = node.connect("bob", Optional.of("phone"), before);
    joinOwn(desk, "ada");
    joinOwn(phone, "bob");
    awaitBob(true);
    awaitAda(1);
    node.node().suspend();
    awaitAda(1);
    logOut(new Logout(DESK, NOBODY, NOBODY, after, "3"));
    awaitAda(0);
    node.node().resume();
    logOut(new Logout(Optional.of("tablet"), NOBODY, NOBODY, after, "4"));
    awaitBob(true);
    logOut(new Logout(Optional.of("phone"), NOBODY, NOBODY, after, "5"));
    awaitBob(false);
  }

  @Test
  void aHandshakeThatWasFasterThanTheLogOutIsClosed() {
    logOut(ofAll);
    assertThat(node.connect("ada", Optional.empty(), before).closeCode().code()).isEqualTo(1001);
    assertThat(node.connect("ada", DESK, before).closeCode().code()).isEqualTo(1001);
    assertThat(node.connect("ada", Optional.empty(), after).isClosed()).isFalse();
    assertThat(backEnd().isClosed()).isFalse();
    assertThat(node.node().sockets().size()).isEqualTo(2);
  }

  @Test
  void theEntryOfASessionsLostConnectionEndsAtOnce() {
    LocalPeer desk = node.connect("ada", DESK, before);
    joinOwn(desk, "ada");
    awaitAda(1);
    desk.close(1006);
    awaitAda(1);
    logOut(ofTheDesk);
    awaitAda(0);
  }

  @Test
  void aSocketThatIsClosedWhileItOpensIsForgotten() {
    AtomicBoolean done = new AtomicBoolean();
    Logout logout = new Logout(DESK, NOBODY, NOBODY, now, "3");
    SocketRegistry sockets = node.node().sockets();
    CompletableFuture<Void> ending =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                sockets.logOut(logout);
              }
            });
    for (int i = 0; i < 5_000; i++) {
      node.connect("user-" + i, DESK, before);
    }
    done.set(true);
    ending.join();
    sockets.logOut(logout);
    assertThat(sockets.size()).isZero();
    assertThat(sockets.users()).isZero();
  }
}
