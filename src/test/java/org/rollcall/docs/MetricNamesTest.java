package org.rollcall.docs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.testing.LocalNode;

/** The page of metrics and the dashboard name the metrics that there are. */
@Timeout(60)
class MetricNamesTest {
  private static final String NAME = "(?:rollcall|jvm|process)_[a-z_]+";
  private static String text = "";

  @BeforeAll
  static void read() {
    try (LocalNode node = LocalNode.start(Map.of())) {
      text = node.node().meters().read("").text();
    }
  }

  private static Set<String> found(String pattern, String where) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(where)
        .results()
        .map(MatchResult::group)
        .forEach(found::add);
    return found;
  }

  /** Returns the types of all metrics, by their names. */
  private static Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    text.lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", -1))
        .forEach(words -> types.put(words[2], words[3]));
    return types;
  }

  @Test
  void thePageHasEachMetricWithItsTypeAndNoOther() throws IOException {
    Map<String, String> types = types();
    Set<String> named = new TreeSet<>();
    for (String row : Files.readAllLines(Path.of("src/site/markdown/metrics.md"))) {
      String[] cells = row.split("\\|", -1);
      if (cells.length > 3 && cells[1].contains("_")) {
        for (String name : found(NAME, cells[1])) {
          assertThat(cells[2].strip()).as(name).isEqualTo(types.get(name));
          named.add(name);
        }
      }
    }
    assertThat(named).isEqualTo(types.keySet());
  }

  @Test
  void thePageHasEachLabel() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/metrics.md"));
    for (String label : found("(?<=[{,])[a-z]+(?==\")", text)) {
      assertThat(page).contains("`" + label + "`");
    }
  }

  @Test
  void eachPanelOfTheDashboardHasATitleAUnitAndMetricsThatThereAre() throws IOException {
    Set<String> series = found("^" + NAME + "(?=[ {])", text);
    String file = Files.readString(Path.of("server-config/grafana/rollcall.json"));
    Set<String> used = new TreeSet<>();
    try (JsonReader reader = Json.createReader(new StringReader(file))) {
      List<JsonObject> panels =
          reader.readObject().getJsonArray("panels").getValuesAs(JsonObject.class);
      assertThat(panels).hasSizeGreaterThan(10);
      assertThat(panels.stream().map(panel -> panel.getString("title"))).doesNotHaveDuplicates();
      for (JsonObject panel : panels) {
        assertThat(panel.getString("title")).isNotBlank();
        JsonObject defaults = panel.getJsonObject("fieldConfig").getJsonObject("defaults");
        assertThat(defaults.getString("unit")).isNotBlank();
        assertThat(panel.getJsonArray("targets")).isNotEmpty();
        for (JsonValue target : panel.getJsonArray("targets")) {
          String query = target.asJsonObject().getString("expr");
          Set<String> names = found(NAME, query);
          assertThat(names).as(query).isNotEmpty().isSubsetOf(series);
          used.addAll(names);
        }
      }
    }
    assertThat(used)
        .containsAll(series.stream().filter(name -> name.startsWith("rollcall_")).toList());
  }
}
