package org.rollcall.social;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.rollcall.config.FriendSettings;

/**
 * Rollcall's own list of whom a user may see, in the table {@code rollcall_friends}, which it
 * creates.
 *
 * <p>A row lets {@code user_id} see {@code friend_id}, not the other way round. Who changes it
 * tells the nodes ({@link org.rollcall.presence.Cluster#FRIENDS}).
 */
public final class ManagedFriends implements FriendDirectory {
  private static final String CREATE =
      "create table rollcall_friends (user_id varchar(128) not null,"
          + " friend_id varchar(128) not null, primary key (user_id, friend_id))";
  private static final String READ = "select friend_id from rollcall_friends where user_id = ?";
  private static final String INSERT =
      "insert into rollcall_friends (user_id, friend_id) values (?, ?)";
  private static final String DELETE =
      "delete from rollcall_friends where user_id = ? and friend_id = ?";
  private static final String DELETE_ALL = "delete from rollcall_friends where user_id = ?";
  private static final String READ_VIEWERS =
      "select user_id from rollcall_friends where friend_id = ? order by user_id";
  private static final String COUNT = "select count(*) from rollcall_friends where user_id = ?";
  private static final String INTEGRITY = "23";

  private final DataSource dataSource;
  private final SqlFriends reader;
  private final FriendSettings.Limits limits;

  /** Creates a list in {@code dataSource}; see {@link #createTable}. */
  public ManagedFriends(DataSource dataSource, FriendSettings.Limits limits) {
    this.dataSource = dataSource;
    this.reader = new SqlFriends(dataSource, READ, limits);
    this.limits = limits;
  }

  /**
   * Creates the table if it is not there yet.
   *
   * @throws SQLException if it neither is there nor can be created
   */
  public void createTable() throws SQLException {
    OwnTable.create(dataSource, "select user_id from rollcall_friends where 1 = 0", CREATE);
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    return reader.friends(userId);
  }

  /**
   * Those whose friend a user is.
   *
   * @param ids their ids, sorted, as many as a user may have friends at most
   * @param more whether there are more of them, of whom there may be any number
   */
  public record Viewers(SortedSet<String> ids, boolean more) {}

  /** Returns those whose friend a user is. */
  public Viewers viewers(String userId) throws FriendsUnavailable {
    SortedSet<String> ids = new TreeSet<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ_VIEWERS)) {
      statement.setQueryTimeout((int) Math.max(1, limits.timeout().toSeconds()));
      statement.setMaxRows(limits.friends() + 1);
      statement.setString(1, userId);
      try (ResultSet rows = statement.executeQuery()) {
        while (ids.size() < limits.friends() && rows.next()) {
          ids.add(rows.getString(1));
        }
        return new Viewers(ids, rows.next());
      }
    } catch (SQLException e) {
      throw new FriendsUnavailable("The viewers query failed: " + SqlFriends.describe(e), e);
    }
  }

  /** Tells whether nobody has a friend. */
  public boolean isEmpty() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(1);
      try (var rows = statement.executeQuery("select user_id from rollcall_friends")) {
        return !rows.next();
      }
    }
  }

  /**
   * Replaces a user's friends, all at once or not at all.
   *
   * @throws IllegalArgumentException if they are more than the limit
   */
  public void replace(String userId, Collection<String> friends) throws SQLException {
    requireFew(friends.size());
    try (Connection connection = dataSource.getConnection()) {
      Transaction.run(
          connection,
          () -> {
            execute(connection, DELETE_ALL, userId);
            insert(connection, userId, friends);
          });
    }
  }

  private void requireFew(int friends) {
    if (friends > limits.friends()) {
      throw new IllegalArgumentException(
          "expected at most " + limits.friends() + " friends, but got " + friends);
    }
  }

  private static void insert(Connection connection, String userId, Collection<String> friends)
      throws SQLException {
    if (friends.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (String friend : friends) {
        statement.setString(1, userId);
        statement.setString(2, friend);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Lets a user see another; does nothing if so already.
   *
   * @throws IllegalArgumentException if the friends would be more than the limit
   */
  public void add(String userId, String friend) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Transaction.run(
          connection,
          () -> {
            execute(connection, INSERT, userId, friend);
            requireFew(count(connection, userId));
          });
      giveWay(connection, userId, friend);
    } catch (SQLException e) {
      if (e.getSQLState() == null || !e.getSQLState().startsWith(INTEGRITY)) {
        throw e;
      }
    }
  }

  /** Of those who added the last ones at the same moment, each sees the others' only now. */
  private void giveWay(Connection connection, String userId, String friend) throws SQLException {
    int friends = count(connection, userId);
    if (friends > limits.friends()) {
      execute(connection, DELETE, userId, friend);
      requireFew(friends);
    }
  }

  private static int count(Connection connection, String userId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setString(1, userId);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getInt(1) : 0;
      }
    }
  }

  /** Lets a user not see another any more; does nothing if so already. */
  public void remove(String userId, String friend) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      execute(connection, DELETE, userId, friend);
    }
  }

  private static void execute(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
