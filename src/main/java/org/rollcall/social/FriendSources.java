package org.rollcall.social;

import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.rollcall.config.FriendSettings;
import org.rollcall.config.WrongSetting;

/** Makes the source that the settings name, ready to answer. */
public final class FriendSources {
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
          settings.dataSource() + " (" + e.getMessage() + ")");
    }
    return friends;
  }

  @SuppressWarnings(
      "BanJNDI") // The name is the operator's, and settings let only local names pass.
  private static DataSource dataSource(FriendSettings settings) {
    String name = settings.dataSource();
    try {
      DataSource dataSource = InitialContext.doLookup(name);
      try (Connection connection = dataSource.getConnection()) {
        connection.getMetaData();
      }
      return dataSource;
    } catch (NamingException | ClassCastException | SQLException e) {
      throw new WrongSetting(
          "rollcall.datasource",
          "the JNDI name of a data source that answers",
          name + " (" + e.getMessage() + ")");
    }
  }
}
