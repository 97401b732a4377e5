package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** How long a user outlives a lost connection. Holds where {@code rollcall.grace=PT2S}. */
interface GraceRules extends Deployed {
  private static Frame appear(PhoenixClient client, String id) {
    client.join("user:" + id, "{\"meta\":{\"device\":\"phone\"}}");
    return client.next("user:" + id, "presence_state");
  }

  private PhoenixClient watch(String watcher, String friend) {
    PhoenixClient client = site().connect(TestToken.of(watcher).seeing(friend));
    appear(client, watcher);
    client.next("user_presence:" + watcher, "presence_diff");
    return client;
  }

  @Test
  default void whoComesBackInTimeWasNeverAway() {
    try (PhoenixClient watcher = watch("gr1-bo", "gr1-al")) {
      PhoenixClient first = site().connect(TestToken.of("gr1-al"));
      appear(first, "gr1-al");
      watcher.next("user_presence:gr1-al", "presence_diff");
      first.cut();
      try (PhoenixClient second = site().connect(TestToken.of("gr1-al"))) {
        appear(second, "gr1-al");
        assertThat(watcher.nextWithin(Duration.ofSeconds(4))).isEmpty();
      }
      assertThat(watcher.next("user_presence:gr1-al", "presence_diff").leaves()).hasSize(1);
    }
  }

  @Test
  default void whoStaysAwayLeavesAfterTheGrace() {
    try (PhoenixClient watcher = watch("gr2-bo", "gr2-al")) {
      PhoenixClient client = site().connect(TestToken.of("gr2-al"));
      appear(client, "gr2-al");
      watcher.next("user_presence:gr2-al", "presence_diff");
      client.cut();
      assertThat(watcher.nextWithin(Duration.ofSeconds(1))).isEmpty();
      assertThat(watcher.next("user_presence:gr2-al", "presence_diff").leaves()).hasSize(1);
    }
  }
}
