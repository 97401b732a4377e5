package org.rollcall.social;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.rollcall.config.FriendSettings;

/**
 * A query on a database: the social network's own, or that of {@link ManagedFriends}.
 *
 * <p>The query has one parameter, the user's id, given as a string unless the database says that it
 * compares with a number. The first column of each row is a friend's id.
 */
public final class SqlFriends implements FriendDirectory {
  private static final String NO_SUCH_VALUE = "22P02";

  private final DataSource dataSource;
  private final String query;
  private final FriendSettings.Limits limits;

  /** Creates a source that asks {@code dataSource} with {@code query}. */
  public SqlFriends(DataSource dataSource, String query, FriendSettings.Limits limits) {
    this.dataSource = dataSource;
    this.query = query;
    this.limits = limits;
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setQueryTimeout((int) Math.max(1, limits.timeout().toSeconds()));
      statement.setMaxRows(limits.friends() + 1);
      if (!SqlParameter.set(statement, userId)) {
        return Set.of();
      }
      return read(statement);
    } catch (SQLException e) {
      if (NO_SUCH_VALUE.equals(e.getSQLState())) {
        // The id has not the form of the column's values, a UUID for instance, so no row has it.
        return Set.of();
      }
      throw new FriendsUnavailable("The friends query failed: " + describe(e), e);
    }
  }

  /** Describes a failure without the values that a data exception (SQLState 22) quotes. */
  static String describe(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") ? "SQLState " + state : String.valueOf(e.getMessage());
  }

  private Set<String> read(PreparedStatement statement) throws SQLException, FriendsUnavailable {
    Set<String> friends = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String friend = rows.getString(1);
        if (friend != null) {
          friends.add(friend);
        }
        if (friends.size() > limits.friends()) {
          throw FriendsUnavailable.tooMany(limits.friends());
        }
      }
    }
    return friends;
  }
}
