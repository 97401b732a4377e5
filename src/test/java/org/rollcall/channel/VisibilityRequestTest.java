package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a request holds. */
class VisibilityRequestTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 0, PT2S, 1002",
    "1000, 1, PT2S, 1003",
    "1000, 999999999, PT2S, 1003",
    "1000, 500000000, PT1.5S, 1002",
    "1000, 500000000, PT1.6S, 1003",
  })
  void nobodyIsSeenBeforeTheTimeIsOver(long second, long nano, String time, long until)
      throws Exception {
    Instant now = Instant.ofEpochSecond(second, nano);
    VisibilityRequest request =
        VisibilityRequest.of(
            Json.createObjectBuilder().add("to", "nobody").add("for", time).build(), now);
    assertThat(request.hiddenUntil()).contains(until);
    assertThat(Instant.ofEpochSecond(until)).isAfterOrEqualTo(now.plus(Duration.parse(time)));
  }
}
