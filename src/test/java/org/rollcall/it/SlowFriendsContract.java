package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.FriendsApi;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/** Messages that clients send while the friends for their join are still asked for. */
interface SlowFriendsContract extends Deployed {
  /** Returns the API that is asked. */
  FriendsApi api();

  private static void sendAll(PhoenixClient client, String topic, String... messages) {
    for (int i = 0; i < messages.length; i++) {
      client.sendText(messages[i].formatted(i, topic));
    }
  }

  /** Takes replies and ends of channels, and leaves out states and diffs. */
  private static List<String> answers(PhoenixClient client, int number) {
    List<String> answers = new ArrayList<>();
    while (answers.size() < number) {
      String text = client.nextText();
      if (!text.contains("\"presence_")) {
        answers.add(
            text.replaceAll("\"phx_ref\":\"[^\"]*\"", "").replaceAll(",\"user:[^,]*,", ","));
      }
    }
    return answers;
  }

  @Test
  default void messagesDuringTheQuestionAreAnsweredInTurnAfterTheJoin() {
    api()
        .answer(
            "ht9-al",
            exchange -> {
              api().pause(300);
              FriendsApi.send(exchange, 200, "[]");
            });
    String ok = "{\"status\":\"ok\",\"response\":{}}]";
    try (PhoenixClient al = site().connect(TestToken.of("ht9-al"))) {
      List<String> messages = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      messages.add("[\"11\",\"%d\",\"%s\",\"phx_join\",{}]");
      expected.add("[\"11\",\"0\",\"phx_reply\"," + ok);
      for (int i = 1; i <= 40; i++) {
        messages.add("[null,\"%d\",\"%s\",\"update\",{\"n\":" + i + "}]");
        expected.add("[\"11\",\"" + i + "\",\"phx_reply\"," + ok);
      }
      messages.add("[\"12\",\"%d\",\"%s\",\"phx_join\",{}]");
      messages.add("[\"11\",\"%d\",\"%s\",\"update\",{\"stale\":1}]");
      messages.add("[\"12\",\"%d\",\"%s\",\"phx_leave\",{}]");
      expected.add("[\"12\",\"41\",\"phx_reply\"," + ok);
      expected.add("[\"11\",\"11\",\"phx_close\",{}]");
      expected.add("[\"12\",\"43\",\"phx_reply\"," + ok);
      expected.add("[\"12\",\"12\",\"phx_close\",{}]");
      sendAll(al, "user:ht9-al", messages.toArray(String[]::new));
      assertThat(answers(al, expected.size())).isEqualTo(expected);
      al.heartbeatAmongOthers();
    }
  }

  @Test
  default void messagesDuringARefusedJoinAreAnsweredInTurnAfterTheRefusal() {
    api()
        .answer(
            "ht10-al",
            exchange -> {
              api().pause(300);
              FriendsApi.send(exchange, 500, "[]");
            });
    try (PhoenixClient al = site().connect(TestToken.of("ht10-al"))) {
      sendAll(
          al,
          "user:ht10-al",
          "[\"11\",\"%d\",\"%s\",\"phx_join\",{}]",
          "[\"11\",\"%d\",\"%s\",\"update\",{}]",
          "[\"11\",\"%d\",\"%s\",\"phx_leave\",{}]");
      String error = "{\"status\":\"error\",\"response\":{\"reason\":";
      assertThat(answers(al, 3))
          .containsExactly(
              "[\"11\",\"0\",\"phx_reply\"," + error + "\"friends unavailable\"}}]",
              "[null,\"1\",\"phx_reply\"," + error + "\"unmatched topic\"}}]",
              "[\"11\",\"2\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
    }
  }

  /**
   * As many as may wait: four of the longest messages. Parsed they would be some 3 MB; while the
   * server takes them in, one or two connections' messages are.
   */
  @Test
  default void eventsThatWaitForAJoinAreKeptAsTheyCame() {
    api().answer("ht9-al-early", exchange -> api().pause(4000));
    String token = TestToken.of("ht9-al-early").text();
    String event = "[\"1\",\"2\",\"user:ht9-al-early\",\"update\",{\"a\":[" + "{},".repeat(20_000);
    HeapCost cost =
        new HeapCost(
            () -> {
              RawConnection connection = RawConnection.to(site());
              connection.handshake("vsn=2.0.0&token=" + token);
              return connection;
            });
    long each =
        cost.of(
            20,
            one -> {
              one.sendText("[\"1\",\"1\",\"user:ht9-al-early\",\"phx_join\",{}]");
              one.sendText(event + "{}]}]", 4);
            });
    assertThat(each).isLessThan(1 << 20);
  }
}
