package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.TestToken;

/**
 * The limits of all clients of an address, where an address may have three topics of its own and
 * 8,192 characters that wait or have not ended.
 */
interface BudgetContract extends Deployed {
  @Test
  default void anonymousClientsOfAnAddressBringSoManyTopicsAndJoinAllThatAreThere() {
    try (PhoenixClient one = site().connect();
        PhoenixClient other = site().connect();
        PhoenixClient user = site().connect(TestToken.of("lm-topics"))) {
      watch(one, "count:lm-1");
      watch(one, "count:lm-2");
      watch(other, "count:lm-3");
      watch(other, "count:lm-1");
      assertRefused(other.refused("count:lm-4", "{}"));
      watch(user, "count:lm-4");
      watch(other, "count:lm-4");
    }
  }

  @Test
  default void aUserAndAnonymousClientsInTurnBringNoMoreTopicsThanTheirAddressMayFollow() {
    try (PhoenixClient stranger = site().connect()) {
      for (int round = 0; round < 3; round++) {
        try (PhoenixClient user = site().connect(TestToken.of("lm-turns"))) {
          watch(user, "count:lm-turn-" + round);
          watch(stranger, "count:lm-turn-" + round);
        }
      }
      try (PhoenixClient user = site().connect(TestToken.of("lm-turns"))) {
        watch(user, "count:lm-turn-3");
        assertThat(stranger.refused("count:lm-turn-3", "{}").response().getString("detail"))
            .startsWith("expected at most 3 topics that users have brought");
      }
    }
  }

  private static void assertRefused(Frame answer) {
    assertThat(answer.response().toString())
        .isEqualTo(
            "{\"reason\":\"too many topics\",\"detail\":\"expected at most 3 topics that your"
                + " address has brought (rollcall.limits.topics.address)\"}");
  }

  private static void watch(PhoenixClient client, String topic) {
    client.join(topic);
    client.next(topic, "presence_state");
  }

  @Test
  default void unfinishedMessagesOfAnAddressAreLimited() {
    List<RawConnection> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String token = TestToken.of("lm-parts-" + i).text();
      RawConnection connection = RawConnection.to(site());
      open.add(connection);
      connection.handshake("vsn=2.0.0&token=" + token, "X-Forwarded-For: 192.0.2.71");
      connection.sendPart(0x01, 1900, 1900);
    }
    // The others are closed later, as idle.
    assertThat(open).extracting(RawConnection::closeCode).containsOnlyOnce(1013);
    open.forEach(RawConnection::close);
  }
}
