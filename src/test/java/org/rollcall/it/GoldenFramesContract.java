package org.rollcall.it;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.GoldenFrames;
import org.rollcall.testing.Peer;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.ScenarioPlayer;
import org.rollcall.testing.TestToken;

/** The examples of the protocol page, against the built WAR on a real server. */
interface GoldenFramesContract extends Deployed {
  static List<GoldenFrames.Scenario> scenarios() {
    return GoldenFrames.read();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  default void anExampleOfTheProtocolPageHolds(GoldenFrames.Scenario scenario) {
    new ScenarioPlayer(this::connect).play(scenario);
  }

  private Peer connect(String vsn, Optional<String> user, List<String> friends) {
    Optional<TestToken> token =
        user.map(id -> TestToken.of(id).seeing(friends.toArray(String[]::new)));
    return new RemotePeer(site().connect(vsn, token));
  }

  /** A client of the real server. */
  record RemotePeer(PhoenixClient client) implements Peer {
    @Override
    public void send(String text) {
      client.sendText(text);
    }

    @Override
    public void send(byte[] bytes) {
      client.sendBinary(bytes);
    }

    @Override
    public String next() {
      return client.nextText();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
