package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's address behind proxies. */
class TrustedProxiesTest {
  private static TrustedProxies proxies(String setting) {
    Map<String, String> settings = Map.of("rollcall.proxies", setting);
    return Settings.read(name -> Optional.ofNullable(settings.get(name)))
        .web()
        .connections()
        .trustedProxies();
  }

  @Test
  void withoutProxiesNobodyIsBelieved() {
    assertThat(proxies("").client("10.0.0.1", List.of("1.2.3.4"))).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // connection | X-Forwarded-For | who it is
        "10.0.0.1  | 1.2.3.4                   | 1.2.3.4",
        "10.0.0.9  | 1.2.3.4                   | 10.0.0.9",
        "10.0.0.1  | 6.6.6.6, 1.2.3.4          | 1.2.3.4",
        "10.0.0.1  | 6.6.6.6, 1.2.3.4,10.0.0.2 | 1.2.3.4",
        "10.0.0.1  | 10.0.0.2                  | 10.0.0.2",
        "10.0.0.1  | 1.2.3.4:5678              | 1.2.3.4",
        "10.0.0.1  | nonsense                  | 10.0.0.1",
        "10.0.0.1  | 1.2.3.4, example.org      | 10.0.0.1",
        "10.0.0.1  | 1.2.3.4, 256.1.1.1        | 10.0.0.1",
        "10.0.0.1  | 1.2.3.4, .:               | 10.0.0.1",
        "10.0.0.1  | 1.2.3.4, a:b:c:d:e:f:g:h  | 10.0.0.1",
        "10.0.0.1  | ''                        | 10.0.0.1",
        "fe80::1%5 | 1.2.3.4                   | 1.2.3.4",
      })
  void theRightmostAddressThatIsNoProxyIsTheClient(String remote, String forwarded, String client) {
    TrustedProxies trustedProxies = proxies("10.0.0.1, 10.0.0.2,fe80::1");
    assertThat(trustedProxies.client(remote, List.of(forwarded))).isEqualTo(client);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(proxies("10.0.0.1,10.0.0.2").client("10.0.0.1", List.of("1.2.3.4", "10.0.0.2")))
        .isEqualTo("1.2.3.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8:1:2::1",
        "2001:db8:1:2:ffff::9",
        "[2001:db8:1:2::7]:443",
        "2001:0DB8:0001:0002::"
      })
  void aNetworkOfVersionSixIsOneClient(String address) {
    assertThat(proxies("").client(address, List.of())).isEqualTo("20010db800010002::/64");
  }

  @Test
  void anAddressOfVersionFourIsTheSameInVersionSix() {
    assertThat(proxies("").client("::ffff:1.2.3.4", List.of())).isEqualTo("1.2.3.4");
  }
}
