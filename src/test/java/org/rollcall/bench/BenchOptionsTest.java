package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.testing.ServerKind;

class BenchOptionsTest {
  private static BenchOptions options(String... namesAndValues) {
    Properties properties = new Properties();
    properties.setProperty("rollcall.war", "not an option");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return BenchOptions.of(properties);
  }

  @Test
  void withoutOptionsBothServersAreMeasured() {
    assertThat(options().servers()).containsExactly(ServerKind.PAYARA_MICRO, ServerKind.WILDFLY);
    assertThat(options().users()).isEqualTo(5_000);
    assertThat(options().arguments()).isEmpty();
  }

  @Test
  void optionsChooseScenariosServersAndSizes() {
    BenchOptions options =
        options(
            "rollcall.bench", "fanout,joins",
            "rollcall.bench.server", "wildfly",
            "rollcall.bench.watchers", "10,20");
    assertThat(options.scenarios()).containsExactly(ScenarioKind.JOINS, ScenarioKind.FANOUT);
    assertThat(options.servers()).containsExactly(ServerKind.WILDFLY);
    assertThat(options.watchers()).containsExactly(10, 20);
    assertThat(options.arguments())
        .containsExactly(
            "-Drollcall.bench=fanout,joins",
            "-Drollcall.bench.server=wildfly",
            "-Drollcall.bench.watchers=10,20");
  }

  @Test
  void partsAreMeasuredWithoutASizeOfTheServer() {
    BenchOptions options = options("rollcall.bench", "parts");
    assertThat(options().scenarios()).contains(ScenarioKind.PARTS);
    assertThat(options.scenarios()).containsExactly(ScenarioKind.PARTS);
    assertThat(options.largest()).isZero();
    assertThat(options.parts()).isEqualTo(Duration.ofSeconds(8));
    assertThat(options("rollcall.bench.quick", "true").parts()).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> options("rollcall.bench.parts", "8"))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("-Drollcall.bench.parts=8 cannot be understood; a right value is PT8S");
  }

  @Test
  void clustersHaveSizesAndUsersOfTheirOwn() {
    BenchOptions options = options("rollcall.bench", "nodes");
    assertThat(options.nodes()).containsExactly(1, 2, 3);
    assertThat(options.largest()).isEqualTo(4 * options.nodeUsers());
  }

  @Test
  void aPageShowsABaselineByItsName(@TempDir Path folder) throws IOException {
    Path war = Files.writeString(folder.resolve("rollcall-earlier.war"), "");
    BenchOptions options = options("rollcall.bench.baseline", "" + war);
    assertThat(options.baseline()).contains(war);
    assertThat(options.shown()).containsExactly("-Drollcall.bench.baseline=rollcall-earlier.war");
    assertThatThrownBy(() -> options("rollcall.bench.baseline", "none.war"))
        .isInstanceOf(BenchFailure.class)
        .hasMessage("-Drollcall.bench.baseline=none.war is no file; expected a WAR of Rollcall");
  }

  @Test
  void aQuickRunIsSmallerUnlessASizeIsGiven() {
    BenchOptions quick = options("rollcall.bench.quick", "true", "rollcall.bench.rounds", "4");
    assertThat(quick.users()).isEqualTo(1_000);
    assertThat(quick.rounds()).isEqualTo(4);
  }

  @Test
  void aWrongOptionIsASentence() {
    assertThatThrownBy(() -> options("rollcall.bench.user", "7"))
        .isInstanceOf(BenchFailure.class)
        .hasMessageStartingWith("The option -Drollcall.bench.user is unknown");
    assertThatThrownBy(() -> options("rollcall.bench.users", "many"))
        .isInstanceOf(BenchFailure.class)
        .hasMessage(
            "-Drollcall.bench.users=many cannot be understood; a right value is %s", "5000");
    assertThatThrownBy(() -> options("rollcall.bench", "joins,nothing"))
        .isInstanceOf(BenchFailure.class)
        .hasMessageStartingWith("-Drollcall.bench=joins,nothing cannot be understood");
  }
}
