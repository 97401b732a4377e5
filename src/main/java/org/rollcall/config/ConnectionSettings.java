package org.rollcall.config;

import java.time.Duration;

/**
 * The limits of connections and handshakes.
 *
 * @param perUser the most connections of one user
 * @param perAddress the most connections of one address
 * @param connects how many handshakes a second of one address
 * @param trustedProxies whose {@code X-Forwarded-For} is read
 * @param refusal how long a refused client waits for the answer
 */
public record ConnectionSettings(
    int perUser, int perAddress, int connects, TrustedProxies trustedProxies, Duration refusal) {
  private static final int MOST = 1_000_000;

  static ConnectionSettings read(SettingSource settingSource) {
    return new ConnectionSettings(
        settingSource.number("rollcall.limits.connections.user", 100, 1, MOST),
        settingSource.number("rollcall.limits.connections.address", 10_000, 1, MOST),
        settingSource.number("rollcall.limits.connects.address", 500, 1, MOST),
        TrustedProxies.read(settingSource),
        settingSource.duration(
            "rollcall.refusal.connect",
            Duration.ofSeconds(2),
            Duration.ZERO,
            Duration.ofSeconds(30)));
  }
}
