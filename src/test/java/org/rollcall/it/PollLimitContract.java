package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.PollClient;

/**
 * The limits of clients that poll. Holds where an address has five connections, is known by {@code
 * X-Forwarded-For}, and {@code rollcall.idle=PT3S}.
 */
interface PollLimitContract extends Deployed {
  private void assertStatus(int status) {
    String[] address = {"X-Forwarded-For", "192.0.2.71"};
    assertThat(PollClient.get(site(), "vsn=2.0.0", address).getInt("status")).isEqualTo(status);
  }

  @Test
  default void sessionsThatAreNeverPolledHavePermitsUntilTheyEnd() {
    for (int i = 0; i < 5; i++) {
      assertStatus(410);
    }
    assertStatus(403);
    Await.until(() -> assertStatus(410));
    assertThat(site().get("../metrics").body())
        .containsPattern("rollcall_sockets\\{transport=\"longpoll\"\\} [1-9]");
  }
}
