package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * No frame follows a close frame. A browser reports such a frame as an error (RFC 6455, section
 * 5.5.1).
 */
interface LastFrameContract extends Deployed {
  /** Each round closes the connections of all members while diffs are on their way to them. */
  int ROUNDS = 60;

  int MEMBERS = 6;
  int UPDATES = 25;

  private RawConnection member(String room, int number) {
    RawConnection connection = RawConnection.to(site());
    String token = TestToken.of("lf-" + number).text();
    assertThat(connection.handshake("vsn=2.0.0&token=" + token).status()).isEqualTo(101);
    connection.sendText("[\"1\",\"1\",\"" + room + "\",\"phx_join\",{}]");
    assertThat(connection.readTextWith("presence_state")).contains(room);
    return connection;
  }

  @Test
  default void nothingFollowsTheCloseFrameOfAMemberThatLeavesAmongDiffs() {
    for (int round = 0; round < ROUNDS; round++) {
      String room = "room:last-frame-" + round;
      try (PhoenixClient busy = site().connect(TestToken.of("lf-busy"))) {
        Joined channel = busy.join(room);
        List<RawConnection> members = new ArrayList<>();
        try {
          IntStream.range(0, MEMBERS).forEach(i -> members.add(member(room, i)));
          CompletableFuture<Void> updates =
              CompletableFuture.runAsync(
                  () -> {
                    for (int i = 0; i < UPDATES; i++) {
                      busy.push(channel, "update", "{\"u\":" + i + "}");
                    }
                  });
          members.forEach(member -> member.sendClose(1000));
          updates.join();
          for (RawConnection member : members) {
            assertThat(member.closeCode()).isEqualTo(1000);
            assertThat(member.drain()).as("bytes after the close frame").isZero();
          }
        } finally {
          members.forEach(RawConnection::close);
        }
      }
    }
  }
}
