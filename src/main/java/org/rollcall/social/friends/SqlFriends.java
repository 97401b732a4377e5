package org.rollcall.social.friends;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.social.jdbc.Database;
import org.rollcall.social.jdbc.SqlErrors;
import org.rollcall.social.jdbc.SqlParameter;
import org.rollcall.social.jdbc.SqlType;

/**
 * A query on a database: the social network's own, or that of {@link ManagedFriends}.
 *
 * <p>The query has one parameter, the user's id ({@link SqlParameter}). The first column of each
 * row is a friend's id. If there is a column {@code rollcall_user}, it is the id of the user whose
 * friend that is, and a row of any other user is left out: a database may take {@code Ann} and
 * {@code ann} to be equal.
 */
public final class SqlFriends implements FriendDirectory {
  /** The name of the column with the user's own id. */
  static final String USER = "rollcall_user";

  /**
   * How many spellings of the query there are. Each is another statement in the caches of drivers
   * and pools, which hold some hundred.
   */
  private static final int MOST_SPELLINGS = 16;

  private final Database database;
  private final String query;
  private final FriendSettings.Limits limits;

  /**
   * The query's parameter, once the query was run; null again after a failure, because the table
   * may have changed.
   */
  private volatile @Nullable SqlParameter parameter;

  private final AtomicInteger spelling = new AtomicInteger();
  private volatile String text;

  /** Creates a source that asks {@code dataSource} with {@code query}. */
  public SqlFriends(DataSource dataSource, String query, FriendSettings.Limits limits) {
    this.database = new Database(dataSource);
    this.query = query;
    this.text = query;
    this.limits = limits;
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    try {
      return askAgainIfChanged(userId);
    } catch (SQLException e) {
      forget();
      throw new FriendsUnavailable("The friends query failed: " + SqlErrors.describe(e), null);
    }
  }

  /**
   * Runs the query again if the table may have changed, because the pool's connections keep their
   * plans.
   */
  private Set<String> askAgainIfChanged(String userId) throws SQLException, FriendsUnavailable {
    try {
      return database.ask(connection -> ask(connection, userId));
    } catch (SQLException e) {
      if (!SqlErrors.isOfStatement(e)) {
        throw e;
      }
      forget();
      return database.ask(connection -> ask(connection, userId));
    }
  }

  /** Has the next query read the types of the columns, and prepare its statement, again. */
  private void forget() {
    parameter = null;
    // Connections find plans by the text of the query.
    text = query + " ".repeat(spelling.incrementAndGet() % MOST_SPELLINGS);
  }

  private Set<String> ask(Connection connection, String userId)
      throws SQLException, FriendsUnavailable {
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      statement.setQueryTimeout(limits.seconds());
      statement.setMaxRows(limits.friends() + 1);
      SqlParameter known = parameter(statement);
      if (!known.set(statement, userId)) {
        // The table may have changed since, and an empty list would be no answer.
        known = SqlParameter.of(statement);
        parameter = known;
        if (!known.set(statement, userId)) {
          return Set.of();
        }
      }
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows, userId);
      } catch (SQLException e) {
        if (known.isCheckedByDatabase() && SqlErrors.isNoSuchValue(e)) {
          return Set.of();
        }
        throw e;
      }
    }
  }

  private SqlParameter parameter(PreparedStatement statement) throws SQLException {
    @Nullable SqlParameter known = parameter;
    if (known == null) {
      known = SqlParameter.of(statement);
      parameter = known;
    }
    return known;
  }

  private Set<String> read(ResultSet rows, String userId) throws SQLException, FriendsUnavailable {
    ResultSetMetaData columns = rows.getMetaData();
    SqlType type = SqlType.of(columns.getColumnType(1), columns.getColumnTypeName(1));
    int user = userColumn(columns);
    Set<String> friends = new HashSet<>();
    int read = 0;
    while (rows.next()) {
      read++;
      @Nullable String friend = friend(rows, type);
      if (friend != null && (user == 0 || userId.equals(rows.getString(user)))) {
        friends.add(friend);
      }
    }
    // As many rows as the driver was to give: there may be more.
    if (read > limits.friends()) {
      throw new FriendLimit(limits.friends()).exceeded();
    }
    return friends;
  }

  private static int userColumn(ResultSetMetaData columns) throws SQLException {
    for (int i = 2; i <= columns.getColumnCount(); i++) {
      if (USER.equalsIgnoreCase(columns.getColumnLabel(i))) {
        return i;
      }
    }
    return 0;
  }

  /** Returns the id in the spelling that users have it in. */
  private static @Nullable String friend(ResultSet rows, SqlType type) throws SQLException {
    @Nullable String text = rows.getString(1);
    if (text == null) {
      return null;
    }
    return switch (type) {
      case PADDED -> text.replaceFirst(" +$", "");
      case NUMBER, FLOATING -> whole(new BigDecimal(text), text);
      default -> text;
    };
  }

  private static String whole(BigDecimal number, String text) {
    boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    return whole ? number.toBigInteger().toString() : text;
  }
}
