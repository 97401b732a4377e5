package org.rollcall.social.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A data source, with two ways to use it: a query, and a change that happens as a whole or not at
 * all.
 *
 * <p>Each failure of a driver or of a server's pool is an {@link SQLException}, even if it was
 * thrown as: Payara 6 throws {@code UndeclaredThrowableException} for a connection that broke in
 * the pool. Safe for many threads; calls wait for the database.
 *
 * @param source where connections come from
 */
public record Database(DataSource source) {
  /**
   * The most attempts. Each conflict means that another change has succeeded, on this node or on
   * another one.
   */
  private static final int MOST_ATTEMPTS = 10;

  /**
   * Work on one connection.
   *
   * @param <T> what it finds
   * @param <E> what it throws beside failures of the database; of runtime exceptions {@link
   *     RefusedChange} only
   */
  public interface Work<T, E extends Exception> {
    T on(Connection connection) throws SQLException, E;
  }

  /** A change of the database. */
  public interface Change {
    void on(Connection connection) throws SQLException;
  }

  /** Does work on one connection. */
  public <T, E extends Exception> T ask(Work<T, E> work) throws SQLException, E {
    try (Connection connection = source.getConnection()) {
      return work.on(connection);
    } catch (RefusedChange e) {
      throw e;
    } catch (RuntimeException e) {
      throw SqlErrors.undeclared(e);
    }
  }

  /** Makes a change as a whole or not at all. Repeats it while it conflicts with other changes. */
  public void change(Change change) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        ask(
            connection -> {
              Transaction.run(connection, () -> change.on(connection));
              return true;
            });
        return;
      } catch (SQLException e) {
        if (attempt == MOST_ATTEMPTS || !SqlErrors.isConflict(e)) {
          throw e;
        }
      }
    }
  }
}
