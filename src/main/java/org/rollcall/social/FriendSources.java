package org.rollcall.social;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.rollcall.config.FriendSettings;
import org.rollcall.config.WrongSetting;

/** Makes the source that the settings name, ready to answer. */
public final class FriendSources {
  private static final Logger LOG = System.getLogger(FriendSources.class.getName());

  private FriendSources() {}

  /**
   * Makes the source. Called once, on the thread that deploys, because the names below {@code
   * java:comp} are known there only.
   *
   * @throws WrongSetting if its data source is not there or does not answer
   */
  public static FriendSource of(FriendSettings settings) {
    return switch (settings.kind()) {
      case TOKEN -> new TokenFriends(settings.limits().friends());
      case HTTP -> new HttpFriends(settings);
      case SQL -> new SqlFriends(dataSource(settings), settings.question(), settings.limits());
      case MANAGED -> managed(settings);
    };
  }

  private static ManagedFriends managed(FriendSettings settings) {
    ManagedFriends friends = new ManagedFriends(dataSource(settings), settings.limits());
    try {
      friends.createTable();
    } catch (SQLException e) {
      throw new WrongSetting(
          "rollcall.datasource",
          "a data source in which the table rollcall_friends is or can be created",
          settings.data().source() + " (" + e.getMessage() + ")");
    }
    return friends;
  }

  /**
   * Makes the table of rules, if the settings name a data source. Called once, as {@link #of}.
   *
   * @throws WrongSetting if the data source has no room for it
   */
  public static Optional<RuleTable> rules(FriendSettings settings) {
    if (!settings.rules().kept()) {
      LOG.log(
          Level.INFO,
          "Blocks and wishes to be invisible are lost when all nodes are down"
              + " (rollcall.datasource names no data source)");
      return Optional.empty();
    }
    RuleTable table = new RuleTable(dataSource(settings));
    try {
      table.create();
    } catch (SQLException e) {
      throw new WrongSetting(
          "rollcall.datasource",
          "a data source in which the table rollcall_rules is or can be created",
          settings.data().source() + " (" + e.getMessage() + ")");
    }
    return Optional.of(table);
  }

  @SuppressWarnings(
      "BanJNDI") // The name is the operator's, and settings let only local names pass.
  private static DataSource dataSource(FriendSettings settings) {
    String name = settings.data().source();
    try {
      DataSource dataSource = InitialContext.doLookup(name);
      try (Connection connection = dataSource.getConnection()) {
        connection.getMetaData();
      }
      return dataSource;
    } catch (NamingException | SQLException | RuntimeException e) {
      throw new WrongSetting(
          "rollcall.datasource",
          "the JNDI name of a data source that answers",
          name + " (" + e.getMessage() + ")");
    }
  }
}
