package org.rollcall.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The source of friends, which returns whom a user may see.
 *
 * @param kind which source answers
 * @param data the data source of {@link Kind#MANAGED} and {@link Kind#SQL}
 * @param question the query or the address, empty for the other kinds
 * @param authorization the {@code Authorization} header for {@link Kind#HTTP}
 * @param limits what an answer may cost
 * @param rules the settings of rules that hide users
 */
public record FriendSettings(
    Kind kind,
    Data data,
    String question,
    Optional<ClusterSettings.Secret> authorization,
    Limits limits,
    Rules rules) {

  /** The sources. */
  public enum Kind {
    /** A table of Rollcall's own. */
    MANAGED,
    /** The social network's table. */
    SQL,
    /** The social network's API. */
    HTTP,
    /** The token's claim {@code friends}. */
    TOKEN,
    /** A bean of the application. */
    CDI
  }

  /**
   * A data source.
   *
   * @param source its JNDI name
   * @param chosen whether the operator named it; if not it is the server's own, which no other node
   *     shares
   */
  public record Data(String source, boolean chosen) {}

  /**
   * The limits of an answer.
   *
   * @param timeout how long the source may take
   * @param friends how many friends a user may have
   */
  public record Limits(Duration timeout, int friends) {
    /** Returns the time-out in whole seconds, as JDBC has it: never less, and never none. */
    public int seconds() {
      return (int) timeout.plusSeconds(1).minusNanos(1).toSeconds();
    }
  }

  /**
   * The settings of rules that hide users.
   *
   * @param reciprocity whether a user who is visible to nobody sees nobody
   * @param kept whether the data source has to keep them
   */
  public record Rules(boolean reciprocity, boolean kept) {}

  static FriendSettings read(SettingSource settingSource) {
    Kind kind =
        settingSource.part(
            Kind.MANAGED, () -> kind(settingSource.text("rollcall.friends", "managed")));
    String question = settingSource.part("", () -> question(settingSource, kind));
    Data data = data(settingSource);
    return new FriendSettings(
        kind,
        data,
        question,
        authorization(settingSource, kind == Kind.HTTP ? question : ""),
        new Limits(
            settingSource.duration(
                "rollcall.friends.timeout",
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofMinutes(1)),
            settingSource.number("rollcall.friends.limit", 20_000, 1, 1_000_000)),
        new Rules(
            settingSource.flag("rollcall.reciprocity", false),
            kind == Kind.MANAGED || data.chosen()));
  }

  /** Lets local names pass only: a JNDI name can also be the address of another server. */
  private static Data data(SettingSource settingSource) {
    Optional<String> chosen = settingSource.text("rollcall.datasource");
    String name = chosen.orElse("java:comp/DefaultDataSource");
    settingSource.check(() -> requireLocal(name));
    return new Data(name, chosen.isPresent());
  }

  private static void requireLocal(String name) {
    if (!name.matches("(java:|jdbc/)[A-Za-z0-9/_.-]+")) {
      throw new WrongSetting(
          "rollcall.datasource", "a JNDI name that begins with java: or jdbc/", name);
    }
  }

  private static String question(SettingSource settingSource, Kind kind) {
    return switch (kind) {
      case SQL -> sql(settingSource.text("rollcall.friends.sql", ""));
      case HTTP -> url(settingSource.text("rollcall.friends.url", ""));
      case MANAGED, TOKEN, CDI -> "";
    };
  }

  private static Kind kind(String text) {
    return switch (text) {
      case "managed" -> Kind.MANAGED;
      case "sql" -> Kind.SQL;
      case "http" -> Kind.HTTP;
      case "token" -> Kind.TOKEN;
      case "cdi" -> Kind.CDI;
      default ->
          throw new WrongSetting("rollcall.friends", "managed, sql, http, token or cdi", text);
    };
  }

  private static String sql(String text) {
    if (text.isEmpty() || text.chars().filter(c -> c == '?').count() != 1) {
      throw new WrongSetting(
          "rollcall.friends.sql",
          "a query with one ? for the user's id, whose first column is a friend's id",
          text.isEmpty() ? "nothing" : text);
    }
    return text;
  }

  private static String url(String text) {
    try {
      URI address = URI.create(text.replace("{id}", "1"));
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      // The id is part of the path or of the query: users must not choose the server.
      boolean fixed =
          address.getHost() != null
              && address
                  .getRawAuthority()
                  .equals(URI.create(text.replace("{id}", "2")).getRawAuthority());
      if (text.contains("{id}") && http && fixed) {
        return text;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the sentence
    }
    throw new WrongSetting(
        "rollcall.friends.url",
        "an http or https address with {id} in its path or query, which answers with a JSON array",
        text.isEmpty() ? "nothing" : text);
  }

  /**
   * Reads the header {@code Authorization} for the API. It requires an address to which it travels
   * encrypted, or one on this machine.
   */
  private static Optional<ClusterSettings.Secret> authorization(
      SettingSource settingSource, String address) {
    Optional<String> header = settingSource.text("rollcall.friends.authorization");
    if (header.isPresent() && !address.isEmpty()) {
      settingSource.check(() -> requireSafe(address));
    }
    return header.map(ClusterSettings.Secret::new);
  }

  private static void requireSafe(String address) {
    if (!OidcSettings.isSafe(URI.create(address.replace("{id}", "1")))) {
      throw new WrongSetting(
          "rollcall.friends.url",
          "an https address (http on loopback only), as rollcall.friends.authorization is set",
          address);
    }
  }
}
