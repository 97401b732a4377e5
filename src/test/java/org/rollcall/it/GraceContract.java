package org.rollcall.it;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * How long a user outlives a lost connection. Holds where {@code rollcall.grace=PT3S} and {@code
 * rollcall.grace.away=PT1S}.
 */
interface GraceContract extends Deployed {
  private static Frame appear(PhoenixClient client, String id) {
    client.join("user:" + id, "{\"meta\":{\"device\":\"phone\"}}");
    return client.next("user:" + id, "presence_state");
  }

  private PhoenixClient watch(String watcher, String... friends) {
    PhoenixClient client = site().connect(TestToken.of(watcher).seeing(friends));
    appear(client, watcher);
    client.next("user_presence:" + watcher, "presence_diff");
    return client;
  }

  @Test
  default void aClientBackInTimeWasNeverAway() {
    try (PhoenixClient watcher = watch("gr1-bo", "gr1-al")) {
      PhoenixClient first = site().connect(TestToken.of("gr1-al"));
      appear(first, "gr1-al");
      watcher.next("user_presence:gr1-al", "presence_diff");
      Clients.cut(first, site());
      try (PhoenixClient second = site().connect(TestToken.of("gr1-al"))) {
        appear(second, "gr1-al");
        assertThat(watcher.nextWithin(Duration.ofSeconds(4))).isEmpty();
      }
      assertThat(watcher.next("user_presence:gr1-al", "presence_diff").leaves()).hasSize(1);
    }
  }

  @Test
  default void aClientBackInTimeWithTheSameMetaInAnotherOrderWasNeverAway() {
    try (PhoenixClient watcher = watch("gr7-bo", "gr7-al")) {
      PhoenixClient first = site().connect(TestToken.of("gr7-al"));
      first.join("user:gr7-al", "{\"meta\":{\"d\":{\"a\":1,\"b\":2},\"e\":1}}");
      first.next("user:gr7-al", "presence_state");
      watcher.next("user_presence:gr7-al", "presence_diff");
      Clients.cut(first, site());
      try (PhoenixClient second = site().connect(TestToken.of("gr7-al"))) {
        Joined own = second.join("user:gr7-al", "{\"meta\":{\"e\":1.0,\"d\":{\"b\":2e0,\"a\":1}}}");
        second.next("user:gr7-al", "presence_state");
        second.push(own, "update", "{\"e\":2}");
        JsonObject joins = watcher.next("user_presence:gr7-al", "presence_diff").joins();
        assertThat(Frame.meta(joins, "gr7-al").getInt("e")).isEqualTo(2);
      }
    }
  }

  @Test
  default void aClientThatStaysAwayLeavesAfterTheGrace() {
    try (PhoenixClient watcher = watch("gr2-bo", "gr2-al")) {
      PhoenixClient client = site().connect(TestToken.of("gr2-al"));
      appear(client, "gr2-al");
      watcher.next("user_presence:gr2-al", "presence_diff");
      client.cut();
      assertThat(watcher.nextWithin(Duration.ofSeconds(1))).isEmpty();
      assertThat(watcher.next("user_presence:gr2-al", "presence_diff").leaves()).hasSize(1);
    }
  }

  /** A page that is there and does not say a word. */
  private RawConnection open(String id) {
    RawConnection page = RawConnection.to(site());
    String query = "vsn=2.0.0&token=" + TestToken.of(id).text();
    assertThat(page.handshake(query).status()).isEqualTo(101);
    page.sendText("[\"1\",\"1\",\"user:" + id + "\",\"phx_join\",{}]");
    return page;
  }

  @Test
  default void aPageThatGoesAwayLeavesByItsOwnGrace() {
    try (PhoenixClient watcher = watch("gr3-bo", "gr3-al");
        RawConnection page = open("gr3-al")) {
      watcher.next("user_presence:gr3-al", "presence_diff");
      page.sendClose(1001);
      assertThat(watcher.nextWithin(Duration.ofMillis(2500)))
          .hasValueSatisfying(diff -> assertThat(diff.leaves()).containsOnlyKeys("gr3-al"));
    }
  }

  /** How clients say good-bye, and in which turn they are seen to leave for it. */
  private static Map<String, Consumer<RawConnection>> goodByes() {
    Map<String, Consumer<RawConnection>> all = new LinkedHashMap<>();
    all.put("3-cut", RawConnection::close);
    all.put("3-heartbeat", page -> page.sendClose(1000, "heartbeat timeout"));
    all.put("3-presence.js", page -> page.sendClose(4000, "heartbeat missed"));
    all.put("3-3000", page -> page.sendClose(3000, "bye"));
    all.put("3-1011", page -> page.sendClose(1011));
    all.put("3-1012", page -> page.sendClose(1012, "heartbeat timeout"));
    all.put("3-one-byte", page -> page.sendCloseBody((byte) 3));
    all.put("3-0", page -> page.sendClose(0));
    all.put("3-999", page -> page.sendClose(999));
    all.put("3-1004", page -> page.sendClose(1004));
    all.put("3-1006", page -> page.sendClose(1006));
    all.put("3-1015", page -> page.sendClose(1015));
    all.put("3-2999", page -> page.sendClose(2999));
    all.put("3-5000", page -> page.sendClose(5000));
    all.put("3-65535", page -> page.sendClose(65_535));
    all.put("3-no-utf8", page -> page.sendCloseBody((byte) 3, (byte) 0xe8, (byte) 0xff));
    all.put("2-no-code", page -> page.sendCloseBody());
    all.put("2-1001", page -> page.sendClose(1001));
    all.put("2-1001-reason", page -> page.sendClose(1001, "bye"));
    all.put("1-1000", page -> page.sendClose(1000));
    all.put("1-1000-end", page -> goodByeBehindMessages(page, (byte) 3, (byte) 0xe8));
    all.put("2-no-code-end", GraceContract::goodByeBehindMessages);
    all.put("1-1000-reason", page -> page.sendClose(1000, "heartbeat"));
    all.put("1-4000-reason", page -> page.sendClose(4000, "logged out"));
    all.put("1-4001", page -> page.sendClose(4001));
    all.put("1-4999", page -> page.sendClose(4999, "heartbeat missed"));
    return all;
  }

  /** The end of the connection comes before the server has read the messages. */
  private static void goodByeBehindMessages(RawConnection page, byte... body) {
    page.sendText("[null,\"1\",\"phoenix\",\"heartbeat\",{}]", 40);
    page.sendCloseBody(body);
    page.endOutput();
  }

  @Test
  default void theCloseOfAClientDecidesHowLongItLingers() {
    Map<String, RawConnection> pages = new LinkedHashMap<>();
    String[] friends = goodByes().keySet().stream().map("gr6-"::concat).toArray(String[]::new);
    try (PhoenixClient watcher = watch("gr6-bo", friends)) {
      for (String friend : friends) {
        pages.put(friend, open(friend));
        watcher.next("user_presence:" + friend, "presence_diff");
      }
      goodByes().forEach((name, words) -> words.accept(pages.get("gr6-" + name)));
      List<String> gone = new ArrayList<>();
      while (gone.size() < friends.length) {
        gone.addAll(watcher.next().leaves().keySet());
      }
      assertThat(gone).isSortedAccordingTo(comparing(name -> name.substring(0, 5)));
    } finally {
      pages.values().forEach(RawConnection::close);
    }
  }

  @Test
  default void aPageThatGoesAwayDoesNotKeepTheOthers() {
    goodByesKeepNobody("gr4", page -> page.sendClose(1001));
  }

  @Test
  default void oneDisconnectedClientDoesNotDelayOthers() {
    goodByesKeepNobody(
        "gr5", page -> site().asAdmin("DELETE", "users/gr5-al/sockets", "").statusCode());
  }

  /**
   * WildFly says the same good-byes itself when it is told to stop; then who was here stays for
   * other nodes.
   */
  private void goodByesKeepNobody(String name, Consumer<RawConnection> goodBye) {
    String al = name + "-al";
    String cy = name + "-cy";
    try (PhoenixClient watcher = watch(name + "-bo", al, cy);
        PhoenixClient viewer = site().connect();
        PhoenixClient lost = site().connect(TestToken.of(cy));
        RawConnection page = open(al)) {
      viewer.join("count:" + name);
      viewer.next("count:" + name, "presence_state");
      watcher.next("user_presence:" + al, "presence_diff");
      appear(lost, cy);
      watcher.next("user_presence:" + cy, "presence_diff");
      goodBye.accept(page);
      assertThat(watcher.next("user_presence:" + al, "presence_diff").leaves()).hasSize(1);

      viewer.cut();
      lost.cut();
      assertThat(watcher.next("user_presence:" + cy, "presence_diff").leaves()).hasSize(1);
      Await.until(() -> assertThat(viewers("count:" + name)).isZero());
    }
  }

  private int viewers(String count) {
    String body = site().get("counts/" + count).body();
    try (JsonReader reader = Json.createReader(new StringReader(body))) {
      return reader.readObject().getJsonObject("viewers").getInt("count");
    }
  }
}
