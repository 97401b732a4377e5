package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.RawConnection;

/** Whose pages may connect where no origin is listed. */
interface SameOriginContract extends Deployed {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "site.example       | http://site.example          | 101",
        "site.example       | https://site.example         | 101",
        "site.example:443   | https://site.example         | 101",
        "site.example:80    | http://site.example          | 101",
        "site.example       | https://site.example:443     | 101",
        "Site.Example:8080  | http://siTe.example:8080     | 101",
        "[::1]:8080         | http://[::1]:8080            | 101",
        "site.example:80    | https://site.example         | 403",
        "site.example:443   | http://site.example          | 403",
        "site.example:8443  | https://site.example         | 403",
        "site.example       | https://site.example:8443    | 403",
        "site.example       | x://site.example             | 403",
        "site.example       | wss://site.example           | 403",
        "site.example       | chrome-extension://site.example | 403",
        "site.example       | https://site.example.evil    | 403",
        "site.example       | https://evil.site.example    | 403",
        "site.example       | https://site.example@evil    | 403",
        "site.example       | https://site.example/        | 403",
        "site.example       | null                         | 403",
        "site.example       | site.example                 | 403",
      })
  default void aPageOfTheSameOriginConnectsHoweverPortsAreWritten(
      String host, String origin, int status) {
    try (RawConnection connection = RawConnection.to(site())) {
      RawConnection.Answer answer =
          connection.request(
              "GET /rollcall/socket/websocket?vsn=2.0.0 HTTP/1.1",
              "Host: " + host,
              "Origin: " + origin,
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              "Sec-WebSocket-Version: 13");
      assertThat(answer.status()).isEqualTo(status);
    }
  }
}
