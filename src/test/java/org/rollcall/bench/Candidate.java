package org.rollcall.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rollcall.testing.ServerKind;

/**
 * What is measured: a subject on a server, or the plain loop or the parts on none. A column of the
 * table.
 *
 * @param server what it runs on
 */
record Candidate(Subject subject, Optional<ServerKind> server) {
  /**
   * Returns all that a run measures, in order.
   *
   * @param baseline whether another build is measured too
   */
  static List<Candidate> all(List<ServerKind> servers, boolean baseline) {
    List<Candidate> all = new ArrayList<>();
    for (ServerKind server : servers) {
      all.add(new Candidate(Subject.ROLLCALL, Optional.of(server)));
      if (baseline) {
        all.add(new Candidate(Subject.BASELINE, Optional.of(server)));
      }
      all.add(new Candidate(Subject.BARE, Optional.of(server)));
    }
    all.add(new Candidate(Subject.LOOP, Optional.empty()));
    all.add(new Candidate(Subject.PARTS, Optional.empty()));
    return all;
  }

  /** Returns the heading of its column. */
  String title() {
    String on = server.map(Candidate::name).orElse("");
    return switch (subject) {
      case ROLLCALL -> on;
      case BASELINE -> on + ", baseline";
      case BARE -> on + ", bare end point";
      case LOOP -> "plain loop";
      case PARTS -> "no server";
    };
  }

  private static String name(ServerKind server) {
    return switch (server) {
      case PAYARA_MICRO -> "Payara Micro";
      case WILDFLY -> "WildFly";
    };
  }

  /** Returns a name for its folder. */
  String folder() {
    return (subject.name() + server.map(kind -> "-" + kind.name()).orElse(""))
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }
}
