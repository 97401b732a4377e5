package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class BudgetSettingsTest {
  private static BudgetSettings read(Map<String, String> settings) {
    return Settings.read(name -> Optional.ofNullable(settings.get(name)))
        .channels()
        .limits()
        .budgets();
  }

  @Test
  void aBudgetHoldsTheLongestMessageThatIsSet() {
    Map<String, String> small =
        Map.of("rollcall.limits.frame", "2000", "rollcall.limits.waiting.address", "2000");
    assertThat(read(small).waitingOfAddress()).isEqualTo(2000);
    assertThatThrownBy(() -> read(Map.of("rollcall.limits.waiting.address", "65535")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("a whole number from 65536");
  }
}
