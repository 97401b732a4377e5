package org.rollcall.social.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.rollcall.config.FriendSettings;
import org.rollcall.config.WrongSetting;

/** Finds the data source that the settings name. */
public final class DataSources {
  private DataSources() {}

  /**
   * Returns the data source, which has answered. Called on the thread that deploys, because the
   * names below {@code java:comp} are known there only.
   *
   * @throws WrongSetting if it is not there or does not answer
   */
  @SuppressWarnings(
      "BanJNDI") // The name is the operator's, and settings let only local names pass.
  public static DataSource of(FriendSettings settings) {
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
