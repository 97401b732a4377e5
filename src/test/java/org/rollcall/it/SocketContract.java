package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.TestToken;

/** The limits of a socket, and how its channels begin and end. */
interface SocketContract extends Deployed {
  /** Sends what the server may refuse before all of it has been sent. */
  private static void sendTooMuch(Runnable sending) {
    try {
      sending.run();
    } catch (CompletionException refused) {
      assertThat(refused).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  default void aTooLongFrameEndsTheSocket() {
    try (PhoenixClient client = site().connect()) {
      client.heartbeat();
      sendTooMuch(
          () ->
              client.sendText(
                  "[null,\"1\",\"phoenix\",\"heartbeat\",\"" + "x".repeat(65_536) + "\"]"));
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  default void aTooLongBinaryFrameEndsTheSocket() {
    try (PhoenixClient client = site().connect()) {
      client.heartbeat();
      sendTooMuch(() -> client.sendBinary(new byte[70_000]));
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  default void aMalformedFrameIsAnErrorAndTheSocketLives() {
    try (PhoenixClient client = site().connect()) {
      for (String text : new String[] {"nonsense", "{}", "[1]", "[null,{},\"a\",\"b\",{}]", ""}) {
        client.sendText(text);
        Frame error = client.next("phoenix", "phx_error");
        assertThat(error.payload().getString("reason")).isEqualTo("malformed frame");
        client.heartbeat();
      }
    }
  }

  @Test
  default void aBinaryHeartbeatIsAnswered() {
    try (PhoenixClient client = site().connect()) {
      byte[] head = {0, 0, 2, 7, 9};
      byte[] body = "17phoenixheartbeat{}".getBytes(StandardCharsets.UTF_8);
      byte[] frame = new byte[head.length + body.length];
      System.arraycopy(head, 0, frame, 0, head.length);
      System.arraycopy(body, 0, frame, head.length, body.length);
      client.sendBinary(frame);
      assertThat(client.nextText())
          .isEqualTo("[null,\"17\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
    }
  }

  @Test
  default void refsAreEchoedVerbatim() {
    try (PhoenixClient client = site().connect()) {
      client.sendText("[null,17,\"phoenix\",\"heartbeat\",{},\"extra\"]");
      assertThat(client.nextText()).startsWith("[null,17,\"phoenix\",");
    }
  }

  @Test
  default void anUnknownTopicIsUnmatched() {
    try (PhoenixClient client = site().connect()) {
      Frame reply = client.refused("unknown:1", "{}");
      assertThat(reply.reason()).isEqualTo("unmatched topic");
      assertThat(reply.joinRef()).isNull();
      client.heartbeat();
    }
  }

  @Test
  default void anEventOnATopicThatIsNotJoinedIsUnmatched() {
    try (PhoenixClient client = site().connect()) {
      client.sendText("[null,\"5\",\"room:nowhere\",\"update\",{}]");
      Frame reply = client.next("room:nowhere", "phx_reply");
      assertThat(reply.ref()).isEqualTo("5");
      assertThat(reply.reason()).isEqualTo("unmatched topic");
    }
  }

  @Test
  default void anAnonymousSocketHasCountsOnly() {
    try (PhoenixClient client = site().connect()) {
      assertThat(client.refused("room:anonymous", "{}").reason()).isEqualTo("unauthorized");
      assertThat(client.refused("user:1", "{}").reason()).isEqualTo("unauthorized");
      client.join("count:anonymous");
      client.next("count:anonymous", "presence_state");
    }
  }

  @Test
  default void theHundredAndFirstChannelIsRefusedUntilAnotherEnds() {
    try (PhoenixClient client = site().connect()) {
      Joined first = client.join("count:hundred-1", "{\"track\":false}");
      client.next("count:hundred-1", "presence_state");
      for (int i = 2; i <= 100; i++) {
        client.join("count:hundred-" + i, "{\"track\":false}");
        client.next("count:hundred-" + i, "presence_state");
      }
      assertThat(client.refused("count:hundred-101", "{}").reason())
          .isEqualTo("too many channels joined");
      client.push(first, "phx_leave", "{}");
      client.next(first.topic(), "phx_reply");
      client.next(first.topic(), "phx_close");
      client.join("count:hundred-101", "{\"track\":false}");
    }
  }

  @Test
  default void aLeaveIsAnsweredAndThenClosed() {
    try (PhoenixClient client = site().connect()) {
      Joined channel = client.join("count:leave", "{\"track\":false}");
      client.next("count:leave", "presence_state");
      String ref = client.push(channel, "phx_leave", "{}");
      Frame reply = client.next("count:leave", "phx_reply");
      assertThat(reply.ref()).isEqualTo(ref);
      assertThat(reply.status()).isEqualTo("ok");
      Frame close = client.next("count:leave", "phx_close");
      assertThat(close.joinRef()).isEqualTo(channel.joinRef());
      assertThat(close.ref()).isEqualTo(channel.joinRef());
      assertThat(close.payload()).isEmpty();
    }
  }

  @Test
  default void theSecondJoinOfATopicIsAnsweredBeforeTheFirstIsClosed() {
    try (PhoenixClient client = site().connect()) {
      Joined first = client.join("count:twice", "{\"track\":false}");
      client.next("count:twice", "presence_state");
      client.join("count:twice", "{\"track\":false}");
      Frame close = client.next("count:twice", "phx_close");
      assertThat(close.joinRef()).isEqualTo(first.joinRef());
      client.next("count:twice", "presence_state");
    }
  }

  @Test
  default void aMessageOfAReplacedJoinIsIgnored() {
    try (PhoenixClient client = site().connect(TestToken.of("stale"))) {
      Joined first = client.join("room:stale");
      client.next("room:stale", "presence_state");
      client.next("room:stale", "presence_diff");
      Joined second = client.join("room:stale");
      client.next("room:stale", "phx_close");
      client.next("room:stale", "presence_state");
      client.next("room:stale", "presence_diff");
      client.push(first, "phx_leave", "{}");
      client.push(first, "update", "{\"status\":\"stale\"}");
      String ref = client.push(second, "update", "{\"status\":\"fresh\"}");
      Frame reply = Frames.reply(client, ref);
      assertThat(reply.status()).isEqualTo("ok");
    }
  }
}
