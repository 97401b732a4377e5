package org.rollcall.social.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Several changes of a database that all happen, or none. */
final class Transaction {
  private Transaction() {}

  /** The change. */
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
      undo(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
  }

  /**
   * Rolls the transaction back. A failure of the rollback is added to the cause, which says more.
   */
  private static void undo(Connection connection, Throwable cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException | RuntimeException e) {
      cause.addSuppressed(e);
      end(connection, cause);
    }
  }

  /**
   * Closes a connection that could not roll back, because it must neither commit nor be used again.
   */
  private static void end(Connection connection, Throwable cause) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
