package org.rollcall.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.ShortFrame;
import org.rollcall.testing.TestToken;

/**
 * The end point when a handshake has come past the filter, which is removed here. And the log when
 * no token can be right, because the secret is empty.
 */
@Tag("long")
final class UnfilteredIT extends OnServer {
  @Deployment(testable = false)
  static WebArchive war() {
    WebArchive war =
        Deployments.war(Map.of("rollcall.friends", "token", "rollcall.token.secret", ""));
    war.delete("/WEB-INF/classes/org/rollcall/transport/HandshakeFilter.class");
    String descriptor = text(war.delete("/WEB-INF/web.xml").getAsset());
    return war.setWebXML(
        new StringAsset(
            descriptor.replaceAll(
                "<(filter|filter-mapping)>\\s*<filter-name>HandshakeFilter</filter-name>[\\s\\S]*?</\\1>",
                "")));
  }

  private static String text(Asset asset) {
    try (InputStream in = asset.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aConnectionThatCameThroughNoFilterIsClosed() {
    try (RawConnection connection = RawConnection.to(site())) {
      assertThat(connection.handshake("vsn=2.0.0").status()).isEqualTo(101);
      connection.sendText("[\"1\",\"1\",\"count:unfiltered\",\"phx_join\",{}]");
      ShortFrame close = connection.read();
      assertThat(close.opcode()).isEqualTo(ShortFrame.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void theLogSaysThatNoTokenIsRight() {
    String token = TestToken.of("unfiltered").text();
    assertThat(site().get("presence/x", "Authorization", "Bearer " + token).statusCode())
        .isEqualTo(401);
    Await.until(
        () ->
            assertThat(ServerLog.whole())
                .contains(
                    "No token will be accepted: neither rollcall.token.secret nor"
                        + " rollcall.oidc.issuer is set",
                    "A token was refused: it is signed with a shared secret, and"
                        + " rollcall.token.secret is not set, or empty"));
  }
}
