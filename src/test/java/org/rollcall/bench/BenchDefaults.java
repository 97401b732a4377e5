package org.rollcall.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The options of the benchmark by name, and their values where a run gives none. */
final class BenchDefaults {
  /** Values without options: of a whole run, and of a quick one. */
  private record Default(String whole, String quick) {
    Default(String both) {
      this(both, both);
    }
  }

  private static final String EVERYTHING =
      "joins,idle,fanout,churn,count,growth,storm,room,nodes,parts";

  private static final Map<String, Default> DEFAULTS =
      Map.ofEntries(
          Map.entry("", new Default(EVERYTHING, "joins,idle,fanout,churn,count,storm,room,parts")),
          Map.entry("server", new Default("micro,wildfly")),
          Map.entry("users", new Default("5000", "1000")),
          Map.entry("friends", new Default("20")),
          Map.entry("warmup", new Default("20000", "5000")),
          Map.entry("watchers", new Default("2000,10000", "2000")),
          Map.entry("toggles", new Default("10", "5")),
          Map.entry("rates", new Default("100,200,400,600,800,1000,1200", "100,200,400")),
          Map.entry("viewers", new Default("10000", "2000")),
          Map.entry("clients", new Default("10000", "1000")),
          Map.entry("growth.watchers", new Default("500,2000,5000,10000", "200,500")),
          Map.entry("growth.friends", new Default("0,50,200,500", "0,20,50")),
          Map.entry("growth.users", new Default("2000,5000,10000,20000", "500,1000")),
          Map.entry("growth.topics", new Default("1,10,100,1000", "1,10")),
          Map.entry("members", new Default("2000", "500")),
          Map.entry("nodes", new Default("1,2,3")),
          Map.entry("nodes.users", new Default("2000", "1000")),
          Map.entry("rounds", new Default("5", "3")),
          Map.entry("hold", new Default("PT1M", "PT10S")),
          Map.entry("step", new Default("PT12S", "PT5S")),
          Map.entry("parts", new Default("PT8S", "PT1.2S")),
          Map.entry("soak", new Default("PT30M", "PT2M")),
          Map.entry("port", new Default("18690")),
          Map.entry("baseline", new Default("")),
          Map.entry("site", new Default("false")),
          Map.entry("quick", new Default("false")));

  private BenchDefaults() {}

  /** Returns the names of all options, in order. */
  static Set<String> names() {
    return new TreeSet<>(DEFAULTS.keySet());
  }

  /** Returns the value of an option in a whole run, or in a quick one. */
  static String value(String option, boolean quick) {
    Default values = DEFAULTS.getOrDefault(option, new Default(""));
    return quick ? values.quick() : values.whole();
  }
}
