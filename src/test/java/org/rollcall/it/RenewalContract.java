package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** Friends that stand in tokens, refreshed. Holds where {@code rollcall.grace=PT2S}. */
interface RenewalContract extends Deployed {
  private static JsonObject join(PhoenixClient client, String id) {
    client.join("user:" + id);
    return client.next("user:" + id, "presence_state").payload();
  }

  private PhoenixClient appear(String id, String... friends) {
    PhoenixClient client = site().connect(TestToken.of(id).seeing(friends));
    join(client, id);
    client.next("user_presence:" + id, "presence_diff");
    return client;
  }

  @Test
  default void aRefreshedClientComesBackWithANewTokenAndSeesItsFriendsOnly() {
    try (PhoenixClient bo = appear("re1-bo");
        PhoenixClient cy = appear("re1-cy");
        PhoenixClient watcher = appear("re1-di", "re1-al");
        PhoenixClient before = appear("re1-al", "re1-bo")) {
      watcher.next("user_presence:re1-al", "presence_diff");
      assertThat(site().asAdmin("POST", "users/re1-al/friends/refresh", "").statusCode())
          .isEqualTo(204);
      assertThat(before.closeCode()).isEqualTo(4001);
      try (PhoenixClient after = site().connect(TestToken.of("re1-al").seeing("re1-cy"))) {
        assertThat(join(after, "re1-al")).containsOnlyKeys("re1-al", "re1-cy");
        assertThat(watcher.nextWithin(Duration.ofSeconds(4))).isEmpty();
        bo.disconnect();
        cy.disconnect();
        Frame next = after.next("user_presence:re1-cy", "presence_diff");
        assertThat(next.leaves()).containsOnlyKeys("re1-cy");
        after.heartbeat();
        watcher.heartbeat();
      }
    }
  }

  @Test
  default void manyAreRefreshedAtOnceAndNobodyElseIsClosed() {
    try (PhoenixClient bo = appear("re2-bo");
        PhoenixClient al = appear("re2-al");
        PhoenixClient cy = appear("re2-cy")) {
      assertThat(site().asAdmin("POST", "friends/refresh", "[\"re2-al\",\"re2-bo\"]").statusCode())
          .isEqualTo(204);
      assertThat(al.closeCode()).isEqualTo(4001);
      assertThat(bo.closeCode()).isEqualTo(4001);
      cy.heartbeat();
    }
  }
}
