package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.TestToken;

/** A room has a limit. Holds where three connections may be in a room, and leaves have no grace. */
interface RoomLimitContract extends Deployed {
  private PhoenixClient enter(Clients clients, String user, String room) {
    PhoenixClient client = clients.connect(TestToken.of(user));
    client.join(room);
    Frames.find(client, room, "presence_diff");
    return client;
  }

  private static Frame answer(PhoenixClient client, String room) {
    Joined unused = client.askToJoin(room, "{}");
    return Frames.find(client, room, "phx_reply");
  }

  private static void assertMayJoin(PhoenixClient client, String room) {
    assertThat(answer(client, room).status()).isEqualTo("ok");
  }

  private static void assertFull(PhoenixClient client, String room) {
    Frame answer = answer(client, room);
    assertThat(answer.reason()).isEqualTo("room is full");
    assertThat(answer.response().getString("detail"))
        .isEqualTo("expected fewer than 3 connections in the room (rollcall.rooms.limit)");
  }

  @Test
  default void theFourthMemberOfARoomIsRefusedUntilOneLeaves() {
    String room = "room:rl1";
    try (Clients clients = new Clients(this)) {
      PhoenixClient first = clients.connect(TestToken.of("rl1-0"));
      Joined channel = first.join(room);
      Frames.find(first, room, "presence_diff");
      enter(clients, "rl1-1", room);
      enter(clients, "rl1-2", room);
      PhoenixClient late = clients.connect(TestToken.of("rl1-3"));
      late.join("room:rl1-other");
      assertFull(late, room);
      // Nothing else is lost: neither the connection nor its other channel.
      late.heartbeatAmongOthers();
      String unused = first.push(channel, "phx_leave", "{}");
      Await.until(() -> assertMayJoin(late, room));
      assertThat(Frames.find(late, room, "presence_state").payload())
          .containsOnlyKeys("rl1-1", "rl1-2");
    }
  }

  @Test
  default void aMemberOfAFullRoomMayJoinAgainAndOnAnotherConnection() {
    String room = "room:rl2";
    try (Clients clients = new Clients(this)) {
      PhoenixClient first = enter(clients, "rl2-0", room);
      enter(clients, "rl2-1", room);
      enter(clients, "rl2-2", room);
      enter(clients, "rl2-0", room);
      assertMayJoin(first, room);
      assertFull(clients.connect(TestToken.of("rl2-3")), room);
    }
  }

  @Test
  default void aMemberOfAFullRoomWhoIsHiddenMayJoinOnAnotherConnection() {
    String room = "room:rl3";
    try (Clients clients = new Clients(this)) {
      PhoenixClient hidden = clients.connect(TestToken.of("rl3-0"));
      hidden.join("user:rl3-0");
      Clients.show(hidden, "rl3-0", "nobody");
      assertMayJoin(hidden, room);
      Frames.find(hidden, room, "presence_diff");
      for (int i = 1; i < 4; i++) {
        enter(clients, "rl3-" + i, room);
      }
      assertMayJoin(clients.connect(TestToken.of("rl3-0")), room);
      assertFull(clients.connect(TestToken.of("rl3-4")), room);
    }
  }
}
