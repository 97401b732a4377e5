package org.rollcall.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.rollcall.testing.ServerKind;

/**
 * What a run measures and at which sizes: {@code -Drollcall.bench=joins,fanout} and {@code
 * -Drollcall.bench.users=2000}. An option that is unknown or makes no sense is a sentence.
 */
final class BenchOptions {
  static final String PREFIX = "rollcall.bench";

  private final Map<String, String> given;

  private BenchOptions(Map<String, String> given) {
    this.given = given;
  }

  /** Reads the options; ends the run if one is wrong. */
  static BenchOptions of(Properties properties) {
    Map<String, String> given = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.equals(PREFIX) || name.startsWith(PREFIX + ".")) {
        String option = name.equals(PREFIX) ? "" : name.substring(PREFIX.length() + 1);
        if (!BenchDefaults.names().contains(option)) {
          throw new BenchFailure(
              "The option -D%s is unknown; there are %s".formatted(name, BenchDefaults.names()));
        }
        given.put(option, properties.getProperty(name));
      }
    }
    BenchOptions options = new BenchOptions(given);
    options.check();
    return options;
  }

  private void check() {
    scenarios();
    servers();
    baseline();
    watchers();
    rates();
    List.of("watchers", "friends", "users", "topics").forEach(this::growth);
    nodes();
    List.of(
            "users",
            "friends",
            "warmup",
            "toggles",
            "viewers",
            "clients",
            "members",
            "nodes.users",
            "rounds",
            "port")
        .forEach(this::number);
    List.of("hold", "step", "soak", "parts").forEach(this::duration);
  }

  /** Returns the options for a page: a file by its name, without the folders of a machine. */
  List<String> shown() {
    String baseline = PREFIX + ".baseline=";
    return arguments().stream()
        .map(
            option ->
                option.startsWith("-D" + baseline)
                    ? "-D" + baseline + Path.of(option).getFileName()
                    : option)
        .toList();
  }

  /** Returns the options as a command line has them. */
  List<String> arguments() {
    return given.entrySet().stream()
        .map(option -> "-D" + name(option.getKey()) + "=" + option.getValue())
        .toList();
  }

  private static String name(String option) {
    return option.isEmpty() ? PREFIX : PREFIX + "." + option;
  }

  Set<ScenarioKind> scenarios() {
    Set<ScenarioKind> kinds = EnumSet.noneOf(ScenarioKind.class);
    if (text("").equals("all")) {
      return EnumSet.allOf(ScenarioKind.class);
    }
    each("", name -> ScenarioKind.valueOf(name.toUpperCase(Locale.ROOT))).forEach(kinds::add);
    return kinds;
  }

  List<ServerKind> servers() {
    return each(
        "server",
        name ->
            name.equals("micro")
                ? ServerKind.PAYARA_MICRO
                : ServerKind.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  int users() {
    return number("users");
  }

  int friends() {
    return number("friends");
  }

  /** Returns how many joins a server has seen before it counts as warm. */
  int warmup() {
    return number("warmup");
  }

  List<Integer> watchers() {
    return each("watchers", Integer::valueOf);
  }

  /** Returns the sizes at which growth is measured: of watchers, friends, users or topics. */
  List<Integer> growth(String what) {
    return each("growth." + what, Integer::valueOf);
  }

  /** Returns the sizes of the clusters that are measured, in nodes. */
  List<Integer> nodes() {
    return each("nodes", Integer::valueOf);
  }

  /** Returns how many users a cluster has. */
  int nodeUsers() {
    return number("nodes.users");
  }

  /** Returns how often, in one round, a user whom all watch comes and goes. */
  int toggles() {
    return number("toggles");
  }

  /** Returns comings and goings per second, from the least to the most. */
  List<Integer> rates() {
    return each("rates", Integer::valueOf);
  }

  int viewers() {
    return number("viewers");
  }

  /** Returns how many clients come back at once. */
  int clients() {
    return number("clients");
  }

  /** Returns how many members a room has, and may have. */
  int members() {
    return number("members");
  }

  int rounds() {
    return number("rounds");
  }

  /** Returns how long an idle server is watched. */
  Duration hold() {
    return duration("hold");
  }

  /** Returns how long each rate of comings and goings lasts. */
  Duration step() {
    return duration("step");
  }

  Duration soak() {
    return duration("soak");
  }

  /** Returns how long each part is measured, with its warm-up. */
  Duration parts() {
    return duration("parts");
  }

  /** Returns another build of the WAR that is measured too, if one is given. */
  Optional<Path> baseline() {
    Optional<Path> war =
        Optional.of(text("baseline")).filter(path -> !path.isEmpty()).map(Path::of);
    if (war.isPresent() && !Files.isRegularFile(war.get())) {
      throw new BenchFailure(
          "-D%s.baseline=%s is no file; expected a WAR of Rollcall".formatted(PREFIX, war.get()));
    }
    return war;
  }

  int port() {
    return number("port");
  }

  /** Returns the most clients that are connected at a time, where they cannot be fewer. */
  int largest() {
    return scenarios().stream().mapToInt(kind -> kind.connections(this)).max().orElse(0);
  }

  /** Whether the run is a short one, whose figures only show that all works. */
  boolean quick() {
    return Boolean.parseBoolean(given.getOrDefault("quick", "false"));
  }

  /** Whether the results go into the site too. */
  boolean site() {
    return Boolean.parseBoolean(text("site"));
  }

  private String text(String option) {
    return given.getOrDefault(option, BenchDefaults.value(option, quick()));
  }

  private int number(String option) {
    return one(option, Integer::valueOf);
  }

  private Duration duration(String option) {
    return one(option, Duration::parse);
  }

  private <T> List<T> each(String option, Function<String, T> reading) {
    return one(option, value -> Arrays.stream(value.split(",", -1)).map(reading).toList());
  }

  private <T> T one(String option, Function<String, T> reading) {
    try {
      return reading.apply(text(option));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new BenchFailure(
          "-D%s=%s cannot be understood; a right value is %s"
              .formatted(name(option), text(option), BenchDefaults.value(option, false)),
          e);
    }
  }
}
