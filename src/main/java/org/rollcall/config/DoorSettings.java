package org.rollcall.config;

import java.time.Duration;

/**
 * The limits of connections and handshakes.
 *
 * @param perUser the most connections of one user
 * @param perAddress the most connections of one address
 * @param connects how many handshakes a second of one address
 * @param proxies whose {@code X-Forwarded-For} is read
 * @param refusal how long a refused client waits for the answer
 */
public record DoorSettings(
    int perUser, int perAddress, int connects, Proxies proxies, Duration refusal) {
  private static final int MOST = 1_000_000;

  static DoorSettings read(Source source) {
    return new DoorSettings(
        source.number("rollcall.limits.connections.user", 100, 1, MOST),
        source.number("rollcall.limits.connections.address", 10_000, 1, MOST),
        source.number("rollcall.limits.connects.address", 500, 1, MOST),
        Proxies.read(source),
        source.duration(
            "rollcall.refusal.connect",
            Duration.ofSeconds(2),
            Duration.ZERO,
            Duration.ofSeconds(30)));
  }
}
