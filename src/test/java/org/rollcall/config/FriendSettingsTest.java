package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source of friends, and how it is reached. */
class FriendSettingsTest {
  private static Settings read(Map<String, String> settings) {
    return Settings.read(name -> Optional.ofNullable(settings.get(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://{id}.example.org/friends",
        "https://{id}@example.org/friends?{id}",
        "https://example.org:8{id}/friends",
        "{id}://example.org/",
      })
  void aUserDoesNotChooseTheServer(String address) {
    assertThatThrownBy(
            () -> read(Map.of("rollcall.friends", "http", "rollcall.friends.url", address)))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith("rollcall.friends.url: expected ");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/{id},false",
    "http://127.0.0.1.example.org/{id},false",
    "http://127.0.0.1:8080/{id},true",
    "http://localhost/{id},true",
    "https://example.org/{id},true",
  })
  void theAuthorizationGoesOverTheNetworkByHttpsOnly(String address, boolean taken) {
    Map<String, String> settings =
        Map.of(
            "rollcall.friends", "http",
            "rollcall.friends.url", address,
            "rollcall.friends.authorization", "Bearer x");
    if (taken) {
      assertThat(read(settings).friends().question()).isEqualTo(address);
    } else {
      assertThatThrownBy(() -> read(settings))
          .isInstanceOf(WrongSetting.class)
          .hasMessageStartingWith("rollcall.friends.url: expected an https address");
    }
  }

  @Test
  void aTimeOutInSecondsIsNeverShorter() {
    assertThat(new FriendSettings.Limits(Duration.ofMillis(100), 1).seconds()).isEqualTo(1);
    assertThat(new FriendSettings.Limits(Duration.ofMillis(1001), 1).seconds()).isEqualTo(2);
    assertThat(new FriendSettings.Limits(Duration.ofSeconds(3), 1).seconds()).isEqualTo(3);
  }
}
