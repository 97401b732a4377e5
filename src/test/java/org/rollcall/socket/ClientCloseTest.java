package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.presence.LeaveReason;

/** The effect of a client's close on its user's presence. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientCloseTest {
  @ParameterizedTest
  @CsvSource({
    "1000, '', LEFT",
    "1000, heartbeat, LEFT",
    "1000, heartbeat timeout, LOST",
    "1001, '', AWAY",
    "1001, heartbeat timeout, AWAY",
    "1005, '', AWAY",
    "1006, '', LOST",
    "1012, '', LOST",
    "3000, bye, LOST",
    "3999, '', LOST",
    "4000, heartbeat missed, LOST",
    "4000, '', LOST",
    "4000, logged out, LEFT",
    "4001, '', LEFT",
    "4999, heartbeat missed, LEFT",
    "5000, '', LOST",
    "0, '', LOST",
    "-1, '', LOST"
  })
  void codeAndReasonDecideHowLongTheUserStays(int code, String reason, LeaveReason leaveReason) {
    assertThat(new ClientClose(code, reason).leaveReason()).isEqualTo(leaveReason);
  }
}
