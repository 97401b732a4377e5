package org.rollcall;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rooms of the architecture page: the packages of main. */
final class Rooms {
  /** What each room may import and touch, besides itself and the JDK. */
  static final Map<String, List<String>> TABLE =
      Map.ofEntries(
          // The Java API itself, which every room may import: the root, under the empty name.
          Map.entry("", List.of("jakarta.json..")),
          Map.entry(
              "cdi",
              rooms(
                  "concurrent config cluster presence count identity social.friends social.rules socket channel api",
                  "jakarta.json..")),
          Map.entry("protocol", List.of("jakarta.json..")),
          Map.entry("concurrent", List.of()),
          Map.entry("http", List.of()),
          Map.entry("config", List.of("org.eclipse.microprofile.config..")),
          Map.entry("cluster", List.of("org.rollcall.concurrent")),
          Map.entry("presence", List.of("org.rollcall.concurrent", "org.rollcall.cluster")),
          Map.entry(
              "count",
              List.of("org.rollcall.concurrent", "org.rollcall.cluster", "org.rollcall.presence")),
          Map.entry("identity", List.of("org.rollcall.config", "org.jose4j..")),
          Map.entry("identity.logout", List.of("org.rollcall.identity")),
          Map.entry(
              "identity.token",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.logout",
                  "org.jose4j..",
                  "javax.crypto..")),
          Map.entry(
              "identity.oidc",
              rooms(
                  "concurrent http config identity identity.token identity.logout",
                  "org.jose4j..",
                  "jakarta.security..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry("social.jdbc", List.of("org.rollcall.config", "javax.sql..", "javax.naming..")),
          Map.entry(
              "social.friends",
              List.of(
                  "org.rollcall.http",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.social.jdbc",
                  "javax.sql..",
                  "jakarta.json..")),
          Map.entry(
              "social.rules",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.config",
                  "org.rollcall.social.jdbc",
                  "javax.sql..")),
          Map.entry(
              "social",
              List.of(
                  "org.rollcall.identity",
                  "org.rollcall.social.friends",
                  "org.rollcall.social.rules")),
          Map.entry(
              "admission",
              List.of("org.rollcall.concurrent", "org.rollcall.protocol", "org.rollcall.config")),
          Map.entry(
              "socket",
              rooms(
                  "concurrent protocol config identity identity.logout presence admission",
                  "jakarta.json..")),
          Map.entry(
              "channel",
              rooms(
                  "concurrent protocol config identity identity.token presence count social social.friends social.rules admission socket",
                  "jakarta.json..")),
          Map.entry(
              "infinispan.jgroups",
              List.of(
                  "org.rollcall.config",
                  "org.rollcall.identity.token",
                  "org.infinispan..",
                  "org.jgroups..",
                  "javax.crypto..",
                  "javax.sql..")),
          Map.entry(
              "infinispan",
              rooms(
                  "concurrent config cluster presence count identity.logout social.rules infinispan.jgroups",
                  "org.infinispan..",
                  "org.jgroups..",
                  "io.reactivex.rxjava3..")),
          Map.entry(
              "transport",
              rooms(
                  "concurrent protocol config identity identity.token admission socket",
                  "jakarta.websocket..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "longpoll",
              rooms(
                  "concurrent protocol config identity.token admission socket transport",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "api",
              rooms(
                  "concurrent config cluster presence count identity identity.token identity.oidc social social.friends social.rules",
                  "jakarta.ws.rs..",
                  "jakarta.servlet..",
                  "jakarta.json..",
                  "jakarta.annotation..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "events",
              rooms(
                  "config identity identity.token presence count admission socket channel transport api",
                  "jakarta.servlet..",
                  "jakarta.json..",
                  "jakarta.inject..")),
          Map.entry(
              "health",
              List.of(
                  "org.rollcall.cluster",
                  "org.rollcall.api",
                  "jakarta.json..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "metrics",
              List.of(
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.presence",
                  "org.rollcall.social.friends",
                  "org.rollcall.api",
                  "io.micrometer..",
                  "javax.management..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "login",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.logout",
                  "org.rollcall.identity.oidc",
                  "jakarta.servlet..",
                  "jakarta.security..",
                  "jakarta.json..",
                  "jakarta.inject..",
                  "jakarta.interceptor..",
                  "jakarta.annotation..",
                  "jakarta.enterprise..")),
          Map.entry(
              "demo",
              rooms(
                  "concurrent config identity identity.token social social.friends social.rules api",
                  "jakarta.ws.rs..",
                  "jakarta.json..",
                  "jakarta.servlet..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "node",
              List.of("org.rollcall..", "jakarta..", "javax.management..", "javax.naming..")));

  private Rooms() {}

  /** Returns rooms, by their names without what all begin with, and other packages. */
  private static List<String> rooms(String names, String... others) {
    return Stream.concat(
            Pattern.compile(" ").splitAsStream(names).map("org.rollcall."::concat),
            Stream.of(others))
        .toList();
  }
}
