package org.rollcall.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;

/** Many clients that poll at once. */
interface PollCrowdContract {
  Rollcall rollcall();

  @Test
  default void fiveHundredClientsThatPollAreCountedToTheLastWhileTheyComeAndGo() {
    String topic = "count:poll-crowd";
    try (PollCrowd crowd = PollCrowd.start(Client.PHOENIX_1_8_16, rollcall().endPoint())) {
      crowd.order("join " + topic + " 500", "joined 500");
      Await.until(() -> assertTotal(topic, 500));
      crowd.order("leave", "left 500");
      Await.until(() -> assertTotal(topic, 0));
      assertThat(crowd.lines()).hasSize(1000).doesNotContain("lost");
    }
  }

  private void assertTotal(String topic, int total) {
    assertThat(rollcall().get("counts/" + topic)).contains("\"total\":" + total);
  }
}
