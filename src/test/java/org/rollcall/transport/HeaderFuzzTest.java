package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.config.Origins;
import org.rollcall.config.Settings;
import org.rollcall.config.TrustedProxies;
import org.rollcall.protocol.Serializer;
import org.rollcall.testing.RandomInput;

/** The headers that decide about a handshake, from clients that write anything into them. */
class HeaderFuzzTest {
  private static final long SEED = Long.getLong("rollcall.seed", 20261122);
  private static final int INPUTS = 20_000;

  private final RandomInput randomInput = new RandomInput(SEED);

  private static Settings.Web web(Map<String, String> settings) {
    return Settings.read(name -> Optional.ofNullable(settings.get(name))).web();
  }

  @Test
  void aSubprotocolIsATokenOrNone() {
    for (int i = 0; i < INPUTS; i++) {
      String header =
          randomInput.oneOf("phoenix, base64url.bearer.phx.", "base64url.bearer.phx.", "", ",")
              + randomInput.text(30);
      Optional<String> token = BearerSubprotocol.token(Collections.enumeration(List.of(header)));
      assertThat(token.isPresent())
          .as("seed %s, input %s: %s", SEED, i, header)
          .isEqualTo(header.matches("(?s)(|.*,)\\s*base64url\\.bearer\\.phx\\..*"));
    }
  }

  @Test
  void noOriginPassesButTheListed() {
    Origins origins = web(Map.of("rollcall.origins", "https://ok.example")).origins();
    for (int i = 0; i < INPUTS; i++) {
      String good = randomInput.oneOf("https://ok.example", "http://here:8080", "null", "");
      String origin = randomInput.broken(good) + randomInput.text(2);
      boolean right = origin.matches("(?i)https://ok\\.example(:(0{0,2}443)?)?");
      assertThat(origins.mayConnect(origin, "here:8080") && !right)
          .as("seed %s, input %s: %s", SEED, i, origin)
          .isFalse();
    }
  }

  @Test
  void aForwardedAddressIsAnAddressOrNotBelieved() throws Exception {
    TrustedProxies trustedProxies =
        web(Map.of("rollcall.proxies", "10.0.0.1")).connections().trustedProxies();
    for (int i = 0; i < INPUTS; i++) {
      String good =
          randomInput.oneOf("192.0.2.1", "2001:db8::1", "[::1]:80", "10.0.0.1, 192.0.2.7:1");
      String forwarded = randomInput.broken(good) + randomInput.text(1);
      String client = trustedProxies.client("10.0.0.1", List.of(forwarded));
      String as = "seed %s, input %s: %s".formatted(SEED, i, forwarded);
      if (!client.matches("[0-9a-f]{16}::/64")) {
        assertThat(client).as(as).matches("[0-9.]{7,15}");
        assertThat(InetAddress.getByName(client).getHostAddress()).as(as).isEqualTo(client);
      }
    }
  }

  @Test
  void aVersionIsKnownOrRefused() {
    for (int i = 0; i < INPUTS; i++) {
      String version =
          randomInput.broken(randomInput.oneOf("1.0.0", "2.0.0")) + randomInput.text(1);
      assertThat(Serializer.of(Optional.of(version)).isPresent())
          .as("seed %s, input %s: %s", SEED, i, version)
          .isEqualTo(version.matches("[12]\\.0\\.[0-9]{1,4}"));
    }
  }
}
