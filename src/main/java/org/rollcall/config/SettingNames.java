package org.rollcall.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of all settings. A mistyped name, which would have no effect, is not among them. */
final class SettingNames {
  static final Set<String> ALL =
      Set.of(
          "rollcall.anonymous",
          "rollcall.channels.counts",
          "rollcall.channels.rooms",
          "rollcall.channels.rooms.timeout",
          "rollcall.cluster",
          "rollcall.cluster.bind",
          "rollcall.cluster.hosts",
          "rollcall.cluster.port",
          "rollcall.cluster.secret",
          "rollcall.counts.floor",
          "rollcall.counts.interval",
          "rollcall.counts.period",
          "rollcall.counts.round",
          "rollcall.datasource",
          "rollcall.demo",
          "rollcall.demo.address",
          "rollcall.drain",
          "rollcall.friends",
          "rollcall.friends.authorization",
          "rollcall.friends.limit",
          "rollcall.friends.sql",
          "rollcall.friends.timeout",
          "rollcall.friends.url",
          "rollcall.grace",
          "rollcall.grace.away",
          "rollcall.idle",
          "rollcall.limits.bodies",
          "rollcall.limits.bodies.address",
          "rollcall.limits.bodies.timeout",
          "rollcall.limits.channels",
          "rollcall.limits.connections.address",
          "rollcall.limits.connections.user",
          "rollcall.limits.connects.address",
          "rollcall.limits.events",
          "rollcall.limits.frame",
          "rollcall.limits.frame.anonymous",
          "rollcall.limits.joins",
          "rollcall.limits.meta.bytes",
          "rollcall.limits.meta.keys",
          "rollcall.limits.requests",
          "rollcall.limits.topic",
          "rollcall.limits.topics",
          "rollcall.limits.topics.address",
          "rollcall.limits.updates",
          "rollcall.limits.visibility",
          "rollcall.limits.waiting",
          "rollcall.limits.waiting.address",
          "rollcall.metrics",
          "rollcall.node",
          "rollcall.oidc.audience",
          "rollcall.oidc.claim.groups",
          "rollcall.oidc.claim.name",
          "rollcall.oidc.claim.user",
          "rollcall.oidc.client-id",
          "rollcall.oidc.client-secret",
          "rollcall.oidc.issuer",
          "rollcall.origins",
          "rollcall.outbox.frames",
          "rollcall.outbox.timeout",
          "rollcall.proxies",
          "rollcall.reciprocity",
          "rollcall.refusal.connect",
          "rollcall.refusal.join",
          "rollcall.rooms.limit",
          "rollcall.token.audience",
          "rollcall.token.secret",
          "rollcall.tyrus.scheduler",
          "rollcall.warmup");

  /**
   * Variables that Kubernetes sets in each pod, if the name of a service begins with {@code
   * rollcall}.
   */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile("ROLLCALL(_\\w+)?_(SERVICE_(HOST|PORT)|PORT)(_\\w+)?");

  /** Variables that the servers' own configuration reads, in {@code server-config}. */
  private static final Set<String> OF_THE_SERVER = Set.of("ROLLCALL_DATABASE_PASSWORD");

  private SettingNames() {}

  /**
   * Returns a sentence for each name that looks like a setting of Rollcall and is none; no value.
   *
   * @param names as properties ({@code rollcall.grace}) or environment variables ({@code
   *     ROLLCALL_GRACE})
   */
  static List<String> unknown(Iterable<String> names) {
    List<String> sentences = new ArrayList<>();
    Set<String> sorted = new TreeSet<>();
    names.forEach(sorted::add);
    for (String name : sorted) {
      if (name.startsWith("rollcall.") && !ALL.contains(name)) {
        sentences.add(sentence(name, nearest(name, ALL.stream().toList())));
      } else if (name.startsWith("ROLLCALL_")
          && !OF_THE_SERVER.contains(name)
          && !OF_A_SERVICE.matcher(name).matches()) {
        List<String> variables = ALL.stream().map(SettingNames::variable).toList();
        if (!variables.contains(name)) {
          sentences.add(sentence(name, nearest(name, variables)));
        }
      }
    }
    return sentences;
  }

  private static String sentence(String name, String nearest) {
    return name + " is no setting of Rollcall and does nothing; the nearest name is " + nearest;
  }

  /** Returns how MicroProfile Config finds a setting in the environment. */
  private static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String nearest(String name, List<String> known) {
    return known.stream()
        .max(
            Comparator.comparingInt((String other) -> common(name, other))
                .thenComparing(Comparator.comparingInt(String::length).reversed())
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Returns how many characters two names begin with alike. */
  private static int common(String one, String other) {
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }
}
