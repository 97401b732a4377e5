package org.rollcall.social;

import java.math.BigDecimal;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Gives a user's id to a query in the type that its column has: PostgreSQL does not compare a
 * bigint with text.
 */
final class SqlParameter {
  private SqlParameter() {}

  /**
   * Sets the one parameter.
   *
   * @return false if the column holds numbers and the id is none, so that no row can match
   */
  static boolean set(PreparedStatement statement, String userId) throws SQLException {
    switch (type(statement)) {
      case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.NUMERIC, Types.DECIMAL -> {
        if (!userId.matches("-?[0-9]{1,18}")) {
          return false;
        }
        statement.setBigDecimal(1, new BigDecimal(userId));
      }
      case Types.OTHER -> statement.setObject(1, userId, Types.OTHER);
      default -> statement.setString(1, userId);
    }
    return true;
  }

  private static int type(PreparedStatement statement) throws SQLException {
    try {
      ParameterMetaData parameters = statement.getParameterMetaData();
      return parameters.getParameterType(1);
    } catch (SQLException e) {
      // MySQL's driver does not know parameters before the query has run, others never do.
      return Types.VARCHAR;
    }
  }
}
