package org.rollcall.social;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Makes tables of Rollcall's own, on whichever node comes first. */
final class OwnTable {
  private OwnTable() {}

  /**
   * Creates a table if it is not there yet.
   *
   * @param probe a query that fails if it is not there, and finds nothing
   * @param create the statement that creates it
   * @throws SQLException if it neither is there nor can be created
   */
  static void create(DataSource dataSource, String probe, String create) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (exists(connection, probe)) {
        return;
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(create);
      } catch (SQLException e) {
        // Another node may have been faster.
        if (!exists(connection, probe)) {
          throw e;
        }
      }
    }
  }

  private static boolean exists(Connection connection, String probe) {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(probe).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
