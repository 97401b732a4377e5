package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.bench.GeneratorOutput.Figure;
import org.rollcall.bench.GeneratorOutput.Point;
import org.rollcall.testing.ServerKind;

class ReportTest {
  private static final Candidate WILDFLY =
      new Candidate(Subject.ROLLCALL, Optional.of(ServerKind.WILDFLY));
  private static final Candidate BARE =
      new Candidate(Subject.BARE, Optional.of(ServerKind.WILDFLY));

  @Test
  void aTableHasARowForEachFigureAndRatiosOfRates() {
    Results results = new Results();
    results.add(WILDFLY, new Figure("diffs per second", 60_123));
    results.add(WILDFLY, new Figure("CPU ms", 0.5012));
    results.add(BARE, new Figure("diffs per second", 54_000));
    assertThat(new MarkdownTable(results, List.of(WILDFLY, BARE)).lines())
        .containsExactly(
            "| | WildFly | WildFly, bare end point |",
            "|---|---|---|",
            "| diffs per second | 60,100 (111 % of bare) | 54,000 |",
            "| CPU ms | 0.501 | |");
  }

  @Test
  void aPartHasAColumnOfItsOwnAndAnError() {
    Candidate parts = new Candidate(Subject.PARTS, Optional.empty());
    Results results = new Results();
    results.add(WILDFLY, new Figure("CPU ms", 0.5012));
    results.add(parts, new Figure("Serializer: write reply, ns each", 123.4, 5.678));
    assertThat(new MarkdownTable(results, List.of(WILDFLY, parts)).lines())
        .containsExactly(
            "| | WildFly | no server |",
            "|---|---|---|",
            "| CPU ms | 0.501 | |",
            "| Serializer: write reply, ns each | | 123 ± 5.68 |");
  }

  @Test
  void aPartIsNamedByItsClassAndMethod() {
    assertThat(Parts.name("org.rollcall.presence.TopicStatesBenchmark.tell2000Subscribers"))
        .isEqualTo("TopicStates: tell 2000 subscribers");
    assertThat(Parts.name("org.rollcall.socket.OutboxBenchmark.sendADiff"))
        .isEqualTo("Outbox: send a diff");
  }

  @Test
  void onlyPartsAreMeasuredWithoutAServer() {
    assertThat(Stream.of(Subject.values()).filter(ScenarioKind.PARTS::suits))
        .containsExactly(Subject.PARTS);
    assertThat(Stream.of(ScenarioKind.values()).filter(kind -> kind.suits(Subject.PARTS)))
        .containsExactly(ScenarioKind.PARTS);
  }

  @Test
  void figuresHaveThreeDigitsThatCount() {
    assertThat(MarkdownTable.number(0)).isEqualTo("0");
    assertThat(MarkdownTable.number(0.01234)).isEqualTo("0.012");
    assertThat(MarkdownTable.number(9.876)).isEqualTo("9.88");
    assertThat(MarkdownTable.number(45.67)).isEqualTo("45.7");
    assertThat(MarkdownTable.number(123.4)).isEqualTo("123");
    assertThat(MarkdownTable.number(Double.POSITIVE_INFINITY)).isEqualTo("no number suffices");
    assertThat(MarkdownTable.number(1_234_567)).isEqualTo("1,230,000");
  }

  @Test
  void onlyTheTextBetweenTheMarksIsReplaced() {
    String page = "a\n<!-- benchmark: begin -->\nold\n<!-- benchmark: end -->\nb\n";
    assertThat(Report.between(page, "new"))
        .isEqualTo("a\n<!-- benchmark: begin -->\n\nnew\n\n<!-- benchmark: end -->\nb\n");
    assertThatThrownBy(() -> Report.between("no marks", "new")).isInstanceOf(BenchFailure.class);
  }

  @Test
  void whatAGeneratorTellsIsReadAsItWasMeant() {
    assertThat(GeneratorOutput.parse("FIGURE\theap, KB\t13.5\tNaN"))
        .contains(new Figure("heap, KB", 13.5));
    assertThat(GeneratorOutput.parse("FIGURE\tframe, ns each\t120.0\t3.5"))
        .contains(new Figure("frame, ns each", 120, 3.5));
    assertThat(GeneratorOutput.parse("POINT\tdiffs by watchers\t500.0\t61000.0"))
        .contains(new Point("diffs by watchers", 500, 61_000));
    assertThat(GeneratorOutput.parse("OpenJDK warns of something")).isEmpty();
  }

  @Test
  void theTimeLeftIsThatOfAllScenariosThatHaveNotEnded() {
    List<Candidate> candidates =
        Candidate.all(List.of(ServerKind.WILDFLY), true).stream()
            .filter(candidate -> ScenarioKind.FANOUT.suits(candidate.subject()))
            .toList();
    Progress progress = new Progress(candidates, Set.of(ScenarioKind.FANOUT), false);
    Candidate last = candidates.get(candidates.size() - 1);
    assertThat(progress.left(last, ScenarioKind.FANOUT))
        .isEqualTo(ScenarioKind.FANOUT.estimate(false));
    assertThat(progress.left(WILDFLY, ScenarioKind.FANOUT))
        .isGreaterThan(ScenarioKind.FANOUT.estimate(false).multipliedBy(3));
  }

  @Test
  void aPlotHasItsAxesNamesAndCurves() {
    NavigableMap<Double, Double> curve = new TreeMap<>(Map.of(500.0, 60_000.0, 10_000.0, 55_000.0));
    String svg = new SvgPlot("diffs per second by watchers", Map.of("A & B", curve)).draw();
    assertThat(svg)
        .contains(">diffs per second</text>", ">watchers</text>", ">A &amp; B</text>")
        .contains(">10,000</text>", ">100,000</text>", ">0</text>")
        .contains("<circle cx=\"620.0\"");
  }

  @Test
  void anAxisEndsAtARoundNumber() {
    assertThat(SvgPlot.round(9_999)).isEqualTo(10_000);
    assertThat(SvgPlot.round(10_000)).isEqualTo(10_000);
    assertThat(SvgPlot.round(10_001)).isEqualTo(20_000);
    assertThat(SvgPlot.round(0.21)).isEqualTo(0.25);
    assertThat(SvgPlot.round(0)).isEqualTo(1);
  }
}
