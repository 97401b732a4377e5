package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.PollClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerProcess;
import org.rollcall.testing.TestToken;

/** A client that does not read, and other clients beside it. */
@Tag("long")
@Timeout(120)
final class SlowClientIT extends OnServer {
  private static final Logger LOG = System.getLogger(SlowClientIT.class.getName());

  /** An update's diff holds the meta twice: 4 KB for each who is told. */
  private static final String META_FILLER = "x".repeat(1900);

  /** More than buffers hold: 20,000 diffs are 80 MB. */
  private static final int MOST_UPDATES = 20_000;

  /** The most bytes that a server and two kernels keep for a connection. */
  private static final long MOST_BYTES = 32L << 20;

  /** Its answer is as long: nobody has joined this topic. */
  private static final String STRAY =
      "[\"1\",\"1\",\"room:%s\",\"update\",{}]".formatted("y".repeat(20_000));

  /** Their answers are 20 MB. */
  private static final int MOST_POLLS = 1000;

  /** Their answers are 9 MB; Payara ends a connection after 256. */
  private static final int GETS = 250;

  /** The most bytes of the server's heap for such a client and the rest of the test. */
  private static final long MOST_HELD = 2L << 20;

  @Deployment(testable = false)
  static WebArchive war() {
    return Deployments.war(
        Map.of(
            "rollcall.friends", "token",
            "rollcall.grace", "PT0S",
            "rollcall.outbox.frames", "64",
            "rollcall.limits.events", "100000",
            "rollcall.limits.updates", "PT0S",
            "rollcall.outbox.timeout", "PT2S"));
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndItsPresenceEnds() {
    TestToken stuckToken = TestToken.of("sl-stuck");
    try (PhoenixClient friend = site().connect(TestToken.of("sl-friend").seeing("sl-stuck"));
        PhoenixClient talker = site().connect(TestToken.of("sl-talker"));
        RawConnection stuck = RawConnection.to(site())) {
      friend.join("user:sl-friend");
      friend.next("user:sl-friend", "presence_state");
      friend.next("user_presence:sl-friend", "presence_diff");

      assertThat(stuck.handshake("vsn=2.0.0&token=" + stuckToken.text()).status()).isEqualTo(101);
      stuck.sendText("[\"1\",\"1\",\"user:sl-stuck\",\"phx_join\",{}]");
      stuck.sendText("[\"2\",\"2\",\"room:sl\",\"phx_join\",{}]");
      Frame join = friend.next("user_presence:sl-stuck", "presence_diff");
      assertThat(join.joins()).containsOnlyKeys("sl-stuck");

      Joined room = talker.join("room:sl");
      int updates = 0;
      Optional<Frame> leave = Optional.empty();
      while (leave.isEmpty() && updates < MOST_UPDATES) {
        for (int i = 0; i < 20; i++) {
          updates++;
          update(talker, room, updates);
        }
        leave = friend.nextWithin(Duration.ZERO);
      }
      assertThat(leave.orElseThrow().leaves()).containsOnlyKeys("sl-stuck");
      update(talker, room, updates + 1);
      friend.heartbeat();

      long bytes = stuck.drain();
      LOG.log(Level.INFO, "Closed after {0} updates; {1} bytes waited", updates, bytes);
      assertThat(bytes).isLessThan(MOST_BYTES);
    }
  }

  /**
   * All its polls are on one connection, as HTTP/1.1 allows: once the answers fill that, it is
   * stuck.
   */
  @Test
  void aClientThatPollsAndDoesNotReadLosesItsSessionAndOnPayaraItsConnection() {
    PollClient client = PollClient.connect(site(), TestToken.of("sl-polls"));
    byte[] poll = get("socket/longpoll?vsn=2.0.0&token=" + client.token());
    try (PhoenixClient friend = site().connect(TestToken.of("sl-friend"));
        RawConnection stuck = RawConnection.to(site())) {
      int polls = 0;
      boolean hungUp = false;
      do {
        hungUp = hungUp || !isSent(stuck, poll);
        friend.heartbeat();
        polls++;
      } while (client.post(STRAY) == 200 && polls < MOST_POLLS);
      LOG.log(Level.INFO, "The session is over after {0} polls", polls);
      assertThat(client.post(STRAY)).isEqualTo(410);
      // On WildFly the kernel alone may hold what is not read, and then nothing needs an end.
      if (System.getProperty("arquillian.launch", "").startsWith("payara")) {
        Await.until(() -> assertThat(isSent(stuck, poll)).isFalse());
      }
      friend.heartbeat();
    }
  }

  @Test
  void answersThatAreNotReadDoNotFillTheHeap() {
    ServerProcess server = ServerProcess.find();
    byte[] get = get("openapi");
    try (PhoenixClient friend = site().connect(TestToken.of("sl-friend"));
        RawConnection stuck = RawConnection.to(site())) {
      assertThat(stuck.request("GET /rollcall/openapi HTTP/1.1", "Host: {host}").status())
          .isEqualTo(200);
      long before = server.liveBytes();
      for (int i = 0; i < GETS && isSent(stuck, get); i++) {
        friend.heartbeat();
      }
      long held = Math.max(server.liveBytes(), server.liveBytes()) - before;
      LOG.log(Level.INFO, "{0} KB are held for a client that does not read", held / 1024);
      assertThat(held).isLessThan(MOST_HELD);
      friend.heartbeat();
    }
  }

  private byte[] get(String address) {
    return "GET /rollcall/%s HTTP/1.1\r\nHost: %s\r\n\r\n"
        .formatted(address, site().host())
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns whether the server has not ended the connection yet. */
  private static boolean isSent(RawConnection connection, byte[] request) {
    try {
      connection.sendBytes(request);
      return true;
    } catch (UncheckedIOException ended) {
      return false;
    }
  }

  private static void update(PhoenixClient talker, Joined room, int number) {
    String meta = "{\"number\":%d,\"filler\":\"%s\"}".formatted(number, META_FILLER);
    Frame reply = Frames.reply(talker, talker.push(room, "update", meta));
    assertThat(reply.status()).isEqualTo("ok");
  }
}
