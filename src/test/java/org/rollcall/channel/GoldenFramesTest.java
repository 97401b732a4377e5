package org.rollcall.channel;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.GoldenFrames;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.ScenarioPlayer;

/** The examples of the protocol page, in this process. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenFramesTest {
  private final LocalNode node = LocalNode.start(Map.of("rollcall.counts.interval", "PT0.05S"));

  @AfterAll
  void stop() {
    node.close();
  }

  static List<GoldenFrames.Scenario> scenarios() {
    return GoldenFrames.read();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void anExampleOfTheProtocolPageHolds(GoldenFrames.Scenario scenario) {
    new ScenarioPlayer(node).play(scenario);
  }
}
