package org.rollcall.social;

import java.sql.Connection;
import java.sql.SQLException;

/** Several changes of a database that all happen, or none. */
final class Transaction {
  private Transaction() {}

  /** What is changed. */
  interface Change {
    void make() throws SQLException;
  }

  /** Makes changes over a connection, which commits each statement by itself again afterwards. */
  static void run(Connection connection, Change change) throws SQLException {
    connection.setAutoCommit(false);
    try {
      change.make();
      connection.commit();
    } catch (SQLException | RuntimeException | Error e) {
      // Before the finally clause, which would commit what was done so far.
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
