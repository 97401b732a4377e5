package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;

/** Clients of version 1, who send no {@code vsn}. */
interface OldVersionContract extends Deployed {
  private static String join(String topic, int ref) {
    return "{\"topic\":\"%s\",\"event\":\"phx_join\",\"payload\":{\"track\":false},\"ref\":\"%d\"}"
        .formatted(topic, ref);
  }

  @Test
  default void framesHaveExactlyFourMembers() {
    try (PhoenixClient client = site().connectVersion1()) {
      client.sendText(join("count:v1", 1));
      assertThat(client.nextText())
          .isEqualTo(
              "{\"topic\":\"count:v1\",\"event\":\"phx_reply\","
                  + "\"payload\":{\"status\":\"ok\",\"response\":{}},\"ref\":\"1\"}");
      assertThat(client.nextText())
          .isEqualTo(
              "{\"topic\":\"count:v1\",\"event\":\"presence_state\",\"payload\":"
                  + "{\"viewers\":{\"count\":0,\"metas\":[{\"phx_ref\":\"v0\",\"count\":0}]},"
                  + "\"users\":{\"count\":0,\"metas\":[{\"phx_ref\":\"u0\",\"count\":0}]}},"
                  + "\"ref\":null}");
    }
  }

  @Test
  default void theFirstJoinOfATopicIsNotClosedAsTheClientWouldTakeThatForTheSecond() {
    try (PhoenixClient client = site().connectVersion1()) {
      client.sendText(join("count:v1-twice", 1));
      assertThat(client.nextText()).contains("phx_reply");
      assertThat(client.nextText()).contains("presence_state");
      client.sendText(join("count:v1-twice", 2));
      assertThat(client.nextText()).contains("phx_reply").contains("\"ref\":\"2\"");
      assertThat(client.nextText()).contains("presence_state");
      client.sendText(
          "{\"topic\":\"count:v1-twice\",\"event\":\"phx_leave\",\"payload\":{},\"ref\":\"3\"}");
      assertThat(client.nextText()).contains("phx_reply").contains("\"ref\":\"3\"");
      assertThat(client.nextText()).contains("phx_close");
    }
  }

  @Test
  default void aBinaryMessageIsMalformedAndTheSocketLives() {
    try (PhoenixClient client = site().connectVersion1()) {
      client.sendBinary(new byte[] {0, 0, 0, 0, 0});
      assertThat(client.nextText()).contains("phx_error").contains("malformed frame");
      client.sendText(
          "{\"topic\":\"phoenix\",\"event\":\"heartbeat\",\"payload\":{},\"ref\":\"7\"}");
      assertThat(client.nextText()).contains("\"ref\":\"7\"");
    }
  }
}
