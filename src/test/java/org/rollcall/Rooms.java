package org.rollcall;

import java.util.List;
import java.util.Map;

/** The rooms of the architecture page: the packages of main. */
final class Rooms {
  /** What each room may import and touch, besides itself and the JDK. */
  static final Map<String, List<String>> TABLE =
      Map.ofEntries(
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
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.http",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.token",
                  "org.rollcall.identity.logout",
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
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.protocol",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.logout",
                  "org.rollcall.presence",
                  "org.rollcall.admission",
                  "jakarta.json..")),
          Map.entry(
              "channel",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.protocol",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.token",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.social.friends",
                  "org.rollcall.social.rules",
                  "org.rollcall.admission",
                  "org.rollcall.socket",
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
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.config",
                  "org.rollcall.cluster",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.identity.logout",
                  "org.rollcall.social.rules",
                  "org.rollcall.infinispan.jgroups",
                  "org.infinispan..",
                  "org.jgroups..",
                  "io.reactivex.rxjava3..")),
          Map.entry(
              "transport",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.protocol",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.token",
                  "org.rollcall.admission",
                  "org.rollcall.socket",
                  "jakarta.websocket..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "longpoll",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.protocol",
                  "org.rollcall.config",
                  "org.rollcall.identity.token",
                  "org.rollcall.admission",
                  "org.rollcall.socket",
                  "org.rollcall.transport",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "api",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.config",
                  "org.rollcall.cluster",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.identity",
                  "org.rollcall.identity.token",
                  "org.rollcall.identity.oidc",
                  "org.rollcall.social",
                  "org.rollcall.social.friends",
                  "org.rollcall.social.rules",
                  "jakarta.ws.rs..",
                  "jakarta.servlet..",
                  "jakarta.json..",
                  "jakarta.annotation..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "events",
              List.of(
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.token",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.admission",
                  "org.rollcall.socket",
                  "org.rollcall.channel",
                  "org.rollcall.transport",
                  "org.rollcall.api",
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
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.config",
                  "org.rollcall.identity",
                  "org.rollcall.identity.token",
                  "org.rollcall.social",
                  "org.rollcall.social.friends",
                  "org.rollcall.social.rules",
                  "org.rollcall.api",
                  "jakarta.ws.rs..",
                  "jakarta.json..",
                  "jakarta.servlet..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry("node", List.of("org.rollcall..", "jakarta..", "javax.management..")));

  private Rooms() {}
}
