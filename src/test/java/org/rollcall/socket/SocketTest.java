package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/** Limits of a socket, and how it ends. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SocketTest {
  private final LocalNode node =
      LocalNode.start(
          Map.of(
              "rollcall.outbox.frames",
              "64",
              "rollcall.grace",
              "PT1H",
              "rollcall.grace.away",
              "PT1H"));

  @AfterEach
  void stop() {
    node.close();
  }

  private LocalPeer connect(String user) {
    return node.connect("2.0.0", Optional.of(user), List.of());
  }

  /** Each topic and ref is kept for as long as its channel lives. */
  @Test
  void theTopicsOfAStrangerAreTogetherNoLongerThanAMessage() {
    LocalPeer stranger = node.connect("2.0.0", Optional.empty(), List.of());
    String join = "[\"%d\",\"1\",\"count:%s%02d\",\"phx_join\",{}]";
    String filler = "x".repeat(192);
    for (int i = 10; i < 50; i++) {
      stranger.send(join.formatted(i, filler, i));
      assertThat(stranger.next()).contains("\"ok\"");
      assertThat(stranger.next()).contains("presence_state");
    }
    stranger.send(join.formatted(50, filler, 50));
    assertThat(stranger.next()).contains("too many channels joined");
    stranger.send("[\"" + "r".repeat(100) + "\",\"1\",\"count:" + filler + "49\",\"phx_join\",{}]");
    assertThat(stranger.next()).contains("too many channels joined");
    stranger.send("[\"49\",\"2\",\"count:" + filler + "49\",\"phx_leave\",{}]");
    assertThat(stranger.next()).contains("\"ok\"");
    assertThat(stranger.next()).contains("phx_close");
    stranger.send(join.formatted(51, filler, 51));
    assertThat(stranger.next()).contains("\"ok\"");
  }

  @Test
  void theHundredAndFirstChannelIsRefusedAndTheOthersLiveOn() {
    LocalPeer ada = connect("ada");
    for (int i = 0; i < 100; i++) {
      ada.send("[\"1" + i + "\",\"" + i + "\",\"count:s" + i + "\",\"phx_join\",{}]");
      assertThat(ada.next()).contains("\"ok\"");
      assertThat(ada.next()).contains("presence_state");
    }
    ada.send("[\"500\",\"500\",\"count:s100\",\"phx_join\",{}]");
    assertThat(ada.next())
        .isEqualTo(
            "[\"500\",\"500\",\"count:s100\",\"phx_reply\",{\"status\":\"error\",\"response\":"
                + "{\"reason\":\"too many channels joined\"}}]");
    ada.send("[\"10\",\"501\",\"count:s0\",\"phx_leave\",{}]");
    assertThat(ada.next()).contains("ok");
    assertThat(ada.next()).contains("phx_close");
    ada.send("[\"502\",\"502\",\"count:s100\",\"phx_join\",{}]");
    assertThat(ada.next()).contains("\"ok\"");
  }

  @Test
  void aDisconnectedUserGetsTheReasonAndIsOffline() {
    LocalPeer ada = connect("ada");
    ada.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    assertThat(ada.next()).contains("ok");
    node.node().sockets().disconnect("ada");
    assertThat(ada.closeCode()).isEqualTo(CloseCode.FORCED);
    assertThat(node.node().sockets().size()).isZero();
  }

  @Test
  void aDisconnectedUserLeavesAtOnceThoughTheContainerReportsTheCloseWithinTheCall() {
    LocalPeer ada = connect("ada");
    LocalPeer bob = connect("bob");
    ada.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    ada.next();
    ada.next();
    ada.next();
    bob.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    bob.next();
    assertThat(bob.next()).contains("\"ada\"");
    assertThat(bob.next()).contains("\"joins\":{\"bob\"");
    node.node().sockets().disconnect("ada");
    assertThat(bob.next()).contains("\"leaves\":{\"ada\"");
  }

  @Test
  void aGoodByeEndsTheSocketAtOnceThoughAFailedFrameReportsALossFirst() {
    LocalPeer ada = joined("ada");
    LocalPeer bob = joined("bob");
    assertThat(ada.next()).contains("\"joins\":{\"bob\"");
    CompletableFuture<String> missed = ada.leave();
    joined("cy");
    assertThat(missed.orTimeout(10, TimeUnit.SECONDS).join()).contains("\"joins\":{\"cy\"");
    assertThat(bob.next()).contains("\"joins\":{\"cy\"");
    ada.close(1000);
    assertThat(bob.next()).contains("\"leaves\":{\"ada\"");
  }

  @Test
  void aConnectionThatTakesNoMoreFramesIsClosedThoughTheContainerNeverTellsOfIt() {
    LocalPeer ada = joined("ada");
    CompletableFuture<String> missed = ada.leave();
    joined("cy");
    assertThat(missed.orTimeout(10, TimeUnit.SECONDS).join()).contains("cy");
    assertThat(ada.closeCode()).isEqualTo(CloseCode.IDLE);
  }

  /** Joins the room and takes its state and one's own join. */
  private LocalPeer joined(String user) {
    LocalPeer peer = connect(user);
    peer.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    assertThat(peer.next()).contains("ok");
    assertThat(peer.next()).contains("presence_state");
    assertThat(peer.next()).contains("\"joins\":{\"" + user + "\"");
    return peer;
  }

  @Test
  void aMetaOfPairsOfSurrogatesReachesTheOthersWhole() {
    LocalPeer ada = connect("ada");
    LocalPeer bob = connect("bob");
    bob.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    bob.next();
    bob.next();
    bob.next();
    ada.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{\"meta\":{\"s\":[\"\\ud83d\\ude00\"]}}]");
    assertThat(bob.next()).contains("\"s\":[\"\ud83d\ude00\"]");
    assertThat(bob.drain()).isEmpty();
  }

  @Test
  void longMessagesThatWaitAreAFloodToo() {
    LocalPeer flood = connect("flood");
    String text = "[null,\"1\",\"nothing\",\"x\",\"" + "x".repeat(60_000) + "\"]";
    for (int i = 0; i < 10_000 && node.node().sockets().size() == 1; i++) {
      flood.send(text);
    }
    assertThat(flood.closeCode()).isEqualTo(CloseCode.FLOOD);
  }

  @Test
  void aDrainingNodeClosesEverySocketAlsoTheNext() {
    LocalPeer ada = connect("ada");
    node.node().sockets().drain(Drainer.within(Duration.ZERO));
    assertThat(ada.closeCode()).isEqualTo(CloseCode.DRAINING);
    assertThat(connect("bob").closeCode()).isEqualTo(CloseCode.DRAINING);
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndLeavesTheRoom() {
    LocalPeer stuck = connect("stuck");
    LocalPeer bob = connect("bob");
    stuck.stall();
    stuck.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    bob.send("[\"11\",\"1\",\"room:1\",\"phx_join\",{}]");
    bob.drain();
    for (int i = 0; i < 500; i++) {
      stuck.send("[null,\"" + i + "\",\"phoenix\",\"heartbeat\",{}]");
    }
    assertThat(stuck.closeCode()).isEqualTo(CloseCode.SLOW);
    assertThat(stuck.socket().outbox().size()).isZero();
  }

  @Test
  void aFloodOfMessagesClosesTheSocketOnly() {
    LocalPeer bob = connect("bob");
    LocalPeer flood = connect("flood");
    for (int i = 0; i < 200_000 && node.node().sockets().size() == 2; i++) {
      flood.send("[null,\"1\",\"nothing\",\"x\",{}]");
    }
    assertThat(flood.closeCode()).isIn(CloseCode.FLOOD, CloseCode.SLOW);
    assertThat(bob.drain()).isEmpty();
  }
}
