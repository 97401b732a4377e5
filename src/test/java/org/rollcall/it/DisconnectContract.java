package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** An administrator ends all of a user's sockets. */
interface DisconnectContract extends Deployed {
  @Test
  default void anAdministratorClosesAllSocketsOfAUser() {
    try (PhoenixClient phone = site().connect(TestToken.of("di1"));
        PhoenixClient desk = site().connect(TestToken.of("di1"));
        PhoenixClient other = site().connect(TestToken.of("di1-other").seeing("di1"))) {
      desk.join("user:di1");
      Frames.find(desk, "user_presence:di1", "presence_diff");
      other.join("user:di1-other");
      phone.heartbeat();
      assertThat(site().asAdmin("DELETE", "users/di1/sockets", "").statusCode()).isEqualTo(204);
      assertThat(phone.closeCode()).isEqualTo(1001);
      assertThat(desk.closeCode()).isEqualTo(1001);
      assertThat(Frames.find(other, "user_presence:di1", "presence_diff").leaves())
          .containsOnlyKeys("di1");
      other.heartbeatAmongOthers();
      assertThat(site().asAdmin("DELETE", "users/di1/sockets", "").statusCode()).isEqualTo(204);
    }
  }

  @Test
  default void nobodyElseMay() {
    try (PhoenixClient client = site().connect(TestToken.of("di2"))) {
      client.heartbeat();
      HttpResponse<String> anonymous = site().send("DELETE", "users/di2/sockets", "");
      assertThat(anonymous.statusCode()).isEqualTo(401);
      String user = "Bearer " + TestToken.of("di2").text();
      HttpResponse<String> self =
          site().send("DELETE", "users/di2/sockets", "", "Authorization", user);
      assertThat(self.statusCode()).isEqualTo(403);
      assertThat(self.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      client.heartbeat();
    }
  }
}
