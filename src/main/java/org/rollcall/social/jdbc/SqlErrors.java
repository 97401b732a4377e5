package org.rollcall.social.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The failures of a database: the code that distinguishes them, and a description for the log.
 *
 * <p>A driver's message is never part of it: it quotes values, such as the key of a row that is
 * there already, and so the ids of users.
 */
public final class SqlErrors {
  private static final int MOST_CAUSES = 4;

  private SqlErrors() {}

  /** Describes a failure by its code and the classes of its causes, without any message. */
  public static String describe(SQLException e) {
    StringBuilder text = new StringBuilder("SQLState ").append(e.getSQLState());
    @Nullable Throwable at = e;
    for (int i = 0; i < MOST_CAUSES && at != null; i++) {
      text.append(i == 0 ? ", " : " by ").append(at.getClass().getName());
      at = at.getCause();
    }
    return text.toString();
  }

  /** Returns a failure of the driver or of the server's pool that is not declared as such. */
  static SQLException undeclared(RuntimeException e) {
    return e.getCause() instanceof SQLException declared
        ? declared
        : new SQLException("the data source failed", e);
  }

  /** Returns whether a change met another one, and may succeed if it is made again. */
  static boolean isConflict(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    // A key that is there already, a deadlock or a failed serialisation; the last one is H2's.
    return isDuplicate(e) || state.startsWith("40") || state.equals("90131");
  }

  /**
   * Returns whether a row could not be written as the database has one that it takes to be equal.
   */
  public static boolean isDuplicate(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("23");
  }

  /**
   * Returns whether a statement does not fit the tables as they are now: its syntax and names, or
   * the type of its result. So fails the plan of a table that has changed since.
   */
  public static boolean isOfStatement(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("42") || state.startsWith("0A");
  }

  /** Returns whether a value is none of the type that a column has. */
  public static boolean isNoSuchValue(SQLException e) {
    return switch (String.valueOf(e.getSQLState())) {
      // PostgreSQL's text representation; the standard's cast; a number out of range.
      case "22P02", "22018", "22003" -> true;
      default -> false;
    };
  }
}
