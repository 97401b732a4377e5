package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerProcess;
import org.rollcall.testing.TestToken;

/** A state that has been sent takes no memory, however many users are in it. */
interface LongStateContract extends Deployed {
  String ROOM = "room:long-state";
  int MEMBERS = 60;
  int PAD = 1_900;

  /** So many that what other tests leave to be collected, some megabytes, is little for each. */
  int GUESTS = 200;

  /** A state has more than 110 KB. */
  int MOST_KB = 70;

  private PhoenixClient member(int number) {
    PhoenixClient client = site().connect(TestToken.of("ls-" + number));
    client.join(ROOM, "{\"meta\":{\"pad\":\"" + "x".repeat(PAD) + "\"}}");
    return client;
  }

  private RawConnection guest(int number) {
    RawConnection connection = RawConnection.to(site());
    String token = TestToken.of("ls-guest-" + number).text();
    assertThat(connection.handshake("vsn=2.0.0&token=" + token).status()).isEqualTo(101);
    connection.sendText("[\"1\",\"1\",\"" + ROOM + "\",\"phx_join\",{}]");
    assertThat(connection.readTextWith("presence_state").length()).isGreaterThan(MEMBERS * PAD);
    return connection;
  }

  /** Returns the least of some looks: a collection may leave dead objects behind. */
  private static long liveBytes(ServerProcess server) {
    return LongStream.generate(server::liveBytes).limit(4).min().orElseThrow();
  }

  @Test
  default void aConnectionDoesNotKeepTheStateThatItHasSent() {
    ServerProcess server = ServerProcess.find();
    List<PhoenixClient> members = new ArrayList<>();
    List<RawConnection> guests = new ArrayList<>();
    try {
      IntStream.range(0, MEMBERS).forEach(i -> members.add(member(i)));
      guests.add(guest(0));
      long before = liveBytes(server);
      IntStream.rangeClosed(1, GUESTS).forEach(i -> guests.add(guest(i)));
      long each = (liveBytes(server) - before) / GUESTS / 1024;
      System.getLogger(LongStateContract.class.getName())
          .log(Level.INFO, "A guest of a room with a long state takes {0} KB", each);
      assertThat(each).isBetween(1L, (long) MOST_KB);
    } finally {
      guests.forEach(RawConnection::close);
      members.forEach(PhoenixClient::close);
    }
  }
}
