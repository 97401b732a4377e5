package org.rollcall.config;

/** Who may read a node's metrics. */
public enum MetricsReaders {
  /** Processes of the same machine, without a proxy between. */
  LOOPBACK,
  /** Administrators. */
  ADMIN,
  /** Everyone who reaches the node. */
  PUBLIC;

  /** The setting's name, which answers repeat. */
  public static final String NAME = "rollcall.metrics";

  static MetricsReaders read(SettingSource settingSource) {
    return settingSource.part(
        LOOPBACK,
        () -> {
          String text = settingSource.text(NAME, "loopback");
          return switch (text) {
            case "loopback" -> LOOPBACK;
            case "admin" -> ADMIN;
            case "public" -> PUBLIC;
            default -> throw new WrongSetting(NAME, "loopback, admin or public", text);
          };
        });
  }
}
