package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Deployments;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ShortFrame;

/** What the end point does where a handshake has found a way past the filter: here it is out. */
final class UnfilteredIT extends OnServer {
  @Deployment(testable = false)
  static WebArchive war() {
    WebArchive war = Deployments.war(Map.of("rollcall.friends", "token"));
    war.delete("/WEB-INF/classes/org/rollcall/transport/HandshakeFilter.class");
    return war;
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
}
