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
          Map.entry("presence", List.of()),
          Map.entry("count", List.of("org.rollcall.presence")),
          Map.entry("config", List.of("org.eclipse.microprofile.config..")),
          Map.entry(
              "identity",
              List.of(
                  "org.rollcall.config",
                  "org.jose4j..",
                  "javax.crypto..",
                  "jakarta.security..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "social",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.presence",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "javax.sql..",
                  "javax.naming..",
                  "jakarta.json..")),
          Map.entry(
              "cluster",
              List.of(
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "org.infinispan..",
                  "io.reactivex.rxjava3..",
                  "org.jgroups..",
                  "javax.crypto..",
                  "javax.sql..")),
          Map.entry(
              "channel",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.protocol",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.json..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "transport",
              List.of(
                  "org.rollcall.channel",
                  "org.rollcall.protocol",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.websocket..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "longpoll",
              List.of(
                  "org.rollcall.transport",
                  "org.rollcall.channel",
                  "org.rollcall.presence",
                  "org.rollcall.protocol",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "events",
              List.of(
                  "org.rollcall.api",
                  "org.rollcall.transport",
                  "org.rollcall.channel",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.servlet..",
                  "jakarta.json..",
                  "jakarta.inject..")),
          Map.entry(
              "api",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.ws.rs..",
                  "jakarta.servlet..",
                  "jakarta.json..",
                  "jakarta.annotation..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "health",
              List.of(
                  "org.rollcall.api",
                  "org.rollcall.presence",
                  "jakarta.json..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "metrics",
              List.of(
                  "org.rollcall.api",
                  "org.rollcall.presence",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "io.micrometer..",
                  "javax.management..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "demo",
              List.of(
                  "org.rollcall.api",
                  "org.rollcall.concurrent",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.ws.rs..",
                  "jakarta.json..",
                  "jakarta.servlet..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "login",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.servlet..",
                  "jakarta.security..",
                  "jakarta.json..",
                  "jakarta.inject..",
                  "jakarta.interceptor..",
                  "jakarta.annotation..",
                  "jakarta.enterprise..")),
          Map.entry("start", List.of("org.rollcall..", "jakarta..", "javax.management..")));

  private Rooms() {}
}
