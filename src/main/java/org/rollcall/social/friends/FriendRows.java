package org.rollcall.social.friends;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * One user's rows of {@code rollcall_friends} within one transaction, which has locked them.
 *
 * <p>The first statement inserts a row that no list can have, and the last one deletes it: the same
 * insertion of another transaction, on any node and on any database, waits for the end of this one,
 * and nobody ever reads the row.
 *
 * <p>Ids are compared to the letter: a database that takes {@code Ann} and {@code ann} to be equal
 * finds the rows of both, and those of the other user are left as they are.
 */
final class FriendRows {
  /** No id has a comma. */
  private static final String LOCK = ",";

  private static final String ALL =
      "select user_id, friend_id from rollcall_friends where user_id = ?";
  private static final String ONE = ALL + " and friend_id = ?";
  private static final String COUNT = "select count(*) from rollcall_friends where user_id = ?";
  private static final String INSERT =
      "insert into rollcall_friends (user_id, friend_id) values (?, ?)";
  private static final String DELETE =
      "delete from rollcall_friends where user_id = ? and friend_id = ?";

  private final Connection connection;
  private final String user;
  private final int patienceSeconds;

  private FriendRows(Connection connection, String user, int patienceSeconds) {
    this.connection = connection;
    this.user = user;
    this.patienceSeconds = patienceSeconds;
  }

  /** A use of the rows. */
  interface Change {
    void make(FriendRows rows) throws SQLException;
  }

  /**
   * Changes a user's rows. Called within a transaction.
   *
   * @param patienceSeconds how long each statement may take
   */
  static void change(Connection connection, String user, int patienceSeconds, Change change)
      throws SQLException {
    FriendRows rows = new FriendRows(connection, user, patienceSeconds);
    rows.write(INSERT, Set.of(LOCK));
    change.make(rows);
    rows.write(DELETE, Set.of(LOCK));
  }

  /** Returns the friends of just this user. */
  Set<String> all() throws SQLException {
    return read(ALL);
  }

  /** Returns whether exactly this user has exactly this friend. */
  boolean has(String friend) throws SQLException {
    return read(ONE, friend).contains(friend);
  }

  private Set<String> read(String query, String... friend) throws SQLException {
    Set<String> friends = new HashSet<>();
    try (PreparedStatement statement = prepare(query)) {
      for (int i = 0; i < friend.length; i++) {
        statement.setString(2 + i, friend[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (user.equals(rows.getString(1)) && !LOCK.equals(rows.getString(2))) {
            friends.add(rows.getString(2));
          }
        }
      }
    }
    return friends;
  }

  /** Returns how many friends the user has. */
  int count() throws SQLException {
    try (PreparedStatement statement = prepare(COUNT);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getInt(1) - 1 : 0;
    }
  }

  /** Adds friends that the user does not have. */
  void add(Collection<String> friends) throws SQLException {
    write(INSERT, friends);
  }

  /** Removes friends that the user has. */
  void remove(Collection<String> friends) throws SQLException {
    write(DELETE, friends);
  }

  private void write(String sql, Collection<String> friends) throws SQLException {
    if (friends.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = prepare(sql)) {
      for (String friend : friends) {
        statement.setString(2, friend);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(patienceSeconds);
    statement.setString(1, user);
    return statement;
  }
}
