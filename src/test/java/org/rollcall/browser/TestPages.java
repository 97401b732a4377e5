package org.rollcall.browser;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The addresses of the test pages, which say what a page is to do.
 *
 * @param origin of the site that has them
 * @param rollcall what they connect to
 * @param importStyle how they are written
 */
record TestPages(String origin, Rollcall rollcall, ImportStyle importStyle) {

  /** Returns the page of a user who comes with a status and sees the friends. */
  String social(String user, String status) {
    return social(user, status, rollcall.token(user));
  }

  /** Returns the same of a user whose client sends a heartbeat each second. */
  String socialWithHeartbeats(String user, String status) {
    return social(user, status) + "&heartbeat=1000";
  }

  /** Returns the page of a user who shows a certain token. */
  String social(String user, String status, String token) {
    return page("social", Map.of("user", user, "status", status, "token", token));
  }

  /** Returns the page of a user who watches a count without being counted. */
  String counts(String topic, String user) {
    return page("counts", Map.of("topic", topic, "token", rollcall.token(user)));
  }

  /** Returns the page from which many sockets join a count. */
  String crowd(String topic) {
    return page("crowd", Map.of("topic", topic));
  }

  /** Returns the address of a page whose client polls, or falls back to that. */
  static String by(String transport, String page) {
    return page + "&transport=" + transport;
  }

  private String page(String name, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("client", importStyle.client().module(rollcall));
    all.put("way", importStyle.way().name().toLowerCase(Locale.ROOT));
    all.put("auth", importStyle.tokenWay());
    all.put("endPoint", rollcall.endPoint());
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&", origin + "/" + name + ".html?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
