package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class OriginsTest {
  private static Origins origins(String list) {
    return Origins.read(
        new SettingSource(name -> Optional.ofNullable(Map.of(name, list).get(name))));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, here, true",
        "http://here, here, true",
        "https://here, here, true",
        "HTTPS://Here, hERE, true",
        "http://here, here:80, true",
        "https://here, here:443, true",
        "http://here:80, here, true",
        "https://here:443, here, true",
        "https://here:443, here:443, true",
        "https://here:8443, here:8443, true",
        "https://here:08443, here:8443, true",
        "http://here:, here, true",
        "http://192.0.2.1:8080, 192.0.2.1:8080, true",
        "http://[::1], [::1], true",
        "http://[::1], [0:0:0:0:0:0:0:1]:80, true",
        "http://[2001:DB8::a]:8080, [2001:db8:0::A]:8080, true",
        "https://here., here., true",
        "http://here, here:443, false",
        "https://here, here:80, false",
        "https://here, here:8443, false",
        "https://here:8443, here, false",
        "https://here., here, false",
        "http://here.evil, here, false",
        "http://evil.here, here, false",
        "http://evil@here, here, false",
        "http://here/, here, false",
        "http://here:80:80, here, false",
        "http://here:99999, here:99999, false",
        "http://[::1], [::2], false",
        "http://[::1, [::1, false",
        "x://here, here, false",
        "ws://here, here, false",
        "wss://here, here, false",
        "chrome-extension://here, here, false",
        "here, here, false",
        "//here, here, false",
        "://here, here, false",
        "http://, '', false",
        "null, null, false",
        "file://, '', false",
        "'', '', false",
        "'http://here http://here', here, false",
        "http://here, 'here, here', false",
        "http://here, 'here ', false",
        "http://here, none, false",
      })
  void withoutAListThePageOfTheSameOriginMayConnect(
      @Nullable String origin, @Nullable String host, boolean welcome) {
    assertThat(origins("").mayConnect(origin, host)).isEqualTo(welcome);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, true",
        "https://a.example, true",
        "https://A.Example:443, true",
        "https://b.example, true",
        "http://c.example:8080, true",
        "http://[::1], true",
        "chrome-extension://abc, true",
        "http://a.example, false",
        "https://a.example:444, false",
        "https://a.example., false",
        "https://a.example.evil, false",
        "http://c.example, false",
        "moz-extension://abc, false",
        "null, false",
        "https://here, false",
      })
  void withAListTheListAloneCountsHoweverItIsSpelt(@Nullable String origin, boolean welcome) {
    Origins list =
        origins(
            "https://a.example, https://b.example:443, HTTP://C.example:8080,"
                + "http://[0::1]:80, chrome-extension://abc");
    assertThat(list.mayConnect(origin, "here")).isEqualTo(welcome);
    assertThat(origin != null && list.isListed(origin)).isEqualTo(welcome && origin != null);
  }

  @Test
  void aStarLetsEveryPageConnect() {
    assertThat(origins("*").mayConnect("https://evil.example", "here")).isTrue();
    assertThat(origins("*").mayConnect("null", "here")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "same-origin, https://evil.example, here, true",
        "same-site, https://here, here, false",
        "cross-site, https://here, here, false",
        "none, https://here, here, true",
        "none, https://here, here:443, true",
        "none, http://here, here:80, true",
        "none, https://evil.example, here, false",
        "none, none, here, false",
        "none, x://here, here, false",
      })
  void anOwnPageIsOneOfTheSameOrigin(
      @Nullable String site, @Nullable String origin, String host, boolean own) {
    assertThat(
            Origins.isOwnPage(
                name ->
                    switch (name) {
                      case "Sec-Fetch-Site" -> site;
                      case "Origin" -> origin;
                      default -> host;
                    }))
        .isEqualTo(own);
  }
}
