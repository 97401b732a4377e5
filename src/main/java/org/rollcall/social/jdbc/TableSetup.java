package org.rollcall.social.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;

/**
 * Creates a table of Rollcall's own, if no other node has created it yet.
 *
 * @param database where it is
 * @param name its name, in small letters
 */
public record TableSetup(Database database, String name) {
  /**
   * Creates the table if it is not there yet.
   *
   * @param create the statement that creates it
   * @throws SQLException if it neither is there nor can be created
   */
  public void create(String create) throws SQLException {
    if (exists()) {
      return;
    }
    try {
      execute(create);
    } catch (SQLException e) {
      // Another node may have been faster.
      if (!exists()) {
        throw e;
      }
    }
  }

  private boolean exists() {
    try {
      execute("select * from " + name + " where 1 = 0");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void execute(String sql) throws SQLException {
    database.ask(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /**
   * Creates an index if no index of the table begins with its first column.
   *
   * @param first the first column, in small letters
   * @param create the statement that creates it
   * @return the failure, if there is no such index afterwards
   */
  public Optional<SQLException> createIndex(String first, String create) {
    try {
      if (!hasIndex(first)) {
        execute(create);
      }
      return Optional.empty();
    } catch (SQLException e) {
      return isIndexed(first) ? Optional.empty() : Optional.of(e);
    }
  }

  /** Another node may have been faster. */
  private boolean isIndexed(String first) {
    try {
      return hasIndex(first);
    } catch (SQLException e) {
      return false;
    }
  }

  private boolean hasIndex(String first) throws SQLException {
    return database.ask(connection -> hasIndex(connection, first));
  }

  private boolean hasIndex(Connection connection, String first) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    String table = data.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    try (ResultSet columns =
        data.getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
      while (columns.next()) {
        if (columns.getInt("ORDINAL_POSITION") == 1
            && first.equalsIgnoreCase(columns.getString("COLUMN_NAME"))) {
          return true;
        }
      }
      return false;
    }
  }
}
