package org.rollcall.config;

import java.time.Duration;

/**
 * The limits of requests' bodies: how long a node waits for one, and for how many at a time.
 *
 * @param most of all clients
 * @param perAddress of one address
 * @param timeout how long a body may take as a whole
 */
public record BodySettings(int most, int perAddress, Duration timeout) {
  /** The settings' names, which the log repeats. */
  public static final String MOST = "rollcall.limits.bodies";

  /** The name of the setting of {@link #perAddress}. */
  public static final String PER_ADDRESS = "rollcall.limits.bodies.address";

  /** The name of the setting of {@link #timeout}. */
  public static final String TIMEOUT = "rollcall.limits.bodies.timeout";

  private static final int LARGEST = 1_000_000;

  static BodySettings read(SettingSource settingSource) {
    return new BodySettings(
        settingSource.number(MOST, 256, 1, LARGEST),
        settingSource.number(PER_ADDRESS, 32, 1, LARGEST),
        settingSource.duration(
            TIMEOUT, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(5)));
  }
}
