package org.rollcall.social.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a query takes a user's id. It has the type of the column, because PostgreSQL
 * does not compare a bigint with text. It has one spelling only, because a database finds the user
 * {@code 7} for {@code 07} too.
 *
 * @param given the type that the driver says the parameter has
 * @param values the type that users' ids have
 */
public record SqlParameter(SqlType given, SqlType values) {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  /** Reads the types of a query's parameter and first column. */
  public static SqlParameter of(PreparedStatement statement) throws SQLException {
    SqlType given = parameter(statement);
    if (given != SqlType.UNKNOWN && !(given == SqlType.TEXT && isH2(statement))) {
      return new SqlParameter(given, given);
    }
    // MySQL's driver does not know parameters before the query has run, H2's says text for all of
    // them. Friends are users, so their ids are of the same type.
    SqlType friends = friends(statement);
    return new SqlParameter(given == SqlType.UNKNOWN ? friends : given, friends);
  }

  private static SqlType parameter(PreparedStatement statement) {
    try {
      ParameterMetaData parameters = statement.getParameterMetaData();
      return SqlType.of(parameters.getParameterType(1), parameters.getParameterTypeName(1));
    } catch (SQLException e) {
      return SqlType.UNKNOWN;
    }
  }

  private static boolean isH2(PreparedStatement statement) throws SQLException {
    return "H2".equals(statement.getConnection().getMetaData().getDatabaseProductName());
  }

  private static SqlType friends(PreparedStatement statement) throws SQLException {
    @Nullable ResultSetMetaData columns = statement.getMetaData();
    return columns == null
        ? SqlType.UNKNOWN
        : SqlType.of(columns.getColumnType(1), columns.getColumnTypeName(1));
  }

  /**
   * Sets the parameter.
   *
   * @return false if the id is not how the database itself spells a value of the column, so that no
   *     row is this user's
   */
  public boolean set(PreparedStatement statement, String userId) throws SQLException {
    if (values == SqlType.FLOATING) {
      throw new SQLException("ids must not be floating-point numbers", "0A000");
    }
    if (!values.isSpelling(userId)) {
      return false;
    }
    switch (given) {
      case WHOLE -> setWhole(statement, new BigInteger(userId));
      case NUMBER -> statement.setBigDecimal(1, new BigDecimal(userId));
      case UUID, OTHER -> statement.setObject(1, userId, Types.OTHER);
      default -> statement.setString(1, userId);
    }
    return true;
  }

  private static void setWhole(PreparedStatement statement, BigInteger number) throws SQLException {
    if (number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0) {
      // As a numeric PostgreSQL would convert the column, and not use its index.
      statement.setLong(1, number.longValue());
    } else {
      // MySQL has a bigint without a sign, of 20 digits.
      statement.setBigDecimal(1, new BigDecimal(number));
    }
  }

  /**
   * Returns whether the database alone knows what a value of the column looks like, so that one
   * that is none fails the query.
   */
  public boolean isCheckedByDatabase() {
    return values == SqlType.OTHER || values == SqlType.UNKNOWN;
  }
}
