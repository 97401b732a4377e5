package org.rollcall.social.friends;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.social.jdbc.Database;
import org.rollcall.social.jdbc.SqlErrors;
import org.rollcall.social.jdbc.TableSetup;

/**
 * Rollcall's own list of whom a user may see, in the table {@code rollcall_friends}, which it
 * creates.
 *
 * <p>A row lets {@code user_id} see {@code friend_id}, not the other way round. Who changes it
 * tells the nodes ({@link org.rollcall.cluster.ClusterMessenger#FRIENDS}).
 *
 * <p>Changes of one user's list happen one after the other, on whichever nodes they are made. Safe
 * for many threads; calls wait for the database.
 */
public final class ManagedFriends implements FriendDirectory {
  private static final Logger LOG = System.getLogger(ManagedFriends.class.getName());
  private static final String TABLE = "rollcall_friends";
  private static final String CREATE =
      "create table rollcall_friends (user_id varchar(128) not null,"
          + " friend_id varchar(128) not null, primary key (user_id, friend_id))";
  private static final String CREATE_INDEX =
      "create index rollcall_viewers on rollcall_friends (friend_id, user_id)";
  private static final String READ =
      "select friend_id, user_id as "
          + SqlFriends.USER
          + " from rollcall_friends where user_id = ?";
  private static final String READ_VIEWERS =
      "select user_id, friend_id from rollcall_friends where friend_id = ? order by user_id";

  /** How long each statement of a change may take: it may wait for the changes of other nodes. */
  private static final int PATIENCE_SECONDS = 10;

  private static final int LOCKS = 64;

  private final Database database;
  private final SqlFriends reader;
  private final FriendSettings.Limits limits;

  /** All requests for one list share one connection of the pool. */
  private final Object[] locks = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

  /** Creates a list in {@code dataSource}; see {@link #createTable}. */
  public ManagedFriends(DataSource dataSource, FriendSettings.Limits limits) {
    this.database = new Database(dataSource);
    this.reader = new SqlFriends(dataSource, READ, limits);
    this.limits = limits;
  }

  /**
   * Creates the table if it is not there yet, and the index by which {@link #viewers} finds rows.
   * Without the index it works too, but slowly.
   *
   * @throws SQLException if the table neither is there nor can be created
   */
  public void createTable() throws SQLException {
    TableSetup table = new TableSetup(database, TABLE);
    table.create(CREATE);
    table
        .createIndex("friend_id", CREATE_INDEX)
        .ifPresent(
            failure ->
                LOG.log(
                    Level.WARNING,
                    "The table rollcall_friends has no index on (friend_id, user_id), and none"
                        + " could be created: GET /api/visibility reads the whole table ({0})",
                    SqlErrors.describe(failure)));
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    return reader.friends(userId);
  }

  /**
   * The users whose friend a user is.
   *
   * @param ids their ids, sorted, as many as a user may have friends at most
   * @param more whether there are more such users than {@code ids} has
   */
  public record Viewers(SortedSet<String> ids, boolean more) {}

  /** Returns the users whose friend a user is. */
  public Viewers viewers(String userId) throws FriendsUnavailable {
    try {
      return database.ask(connection -> viewers(connection, userId));
    } catch (SQLException e) {
      throw new FriendsUnavailable("The viewers query failed: " + SqlErrors.describe(e), null);
    }
  }

  private Viewers viewers(Connection connection, String userId) throws SQLException {
    SortedSet<String> ids = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(READ_VIEWERS)) {
      statement.setQueryTimeout(limits.seconds());
      statement.setMaxRows(limits.friends() + 1);
      statement.setString(1, userId);
      int read = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (read < limits.friends() && rows.next()) {
          read++;
          if (userId.equals(rows.getString(2))) {
            ids.add(rows.getString(1));
          }
        }
        return new Viewers(ids, rows.next());
      }
    }
  }

  /** Returns whether no user has a friend. */
  public boolean isEmpty() throws SQLException {
    return database.ask(ManagedFriends::isEmpty);
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery("select user_id from rollcall_friends")) {
        return !rows.next();
      }
    }
  }

  /**
   * Replaces a user's friends, all at once or not at all.
   *
   * @throws TooManyFriends if they are more than the limit
   */
  public void replace(String userId, Collection<String> friends) throws SQLException {
    requireFew(friends.size());
    change(
        userId,
        rows -> {
          Set<String> before = rows.all();
          Set<String> removed = new HashSet<>(before);
          removed.removeAll(Set.copyOf(friends));
          Set<String> added = new HashSet<>(friends);
          added.removeAll(before);
          rows.remove(removed);
          rows.add(added);
        });
  }

  /**
   * Lets a user see another; does nothing if so already.
   *
   * @throws TooManyFriends if the friends would be more than the limit
   */
  public void add(String userId, String friend) throws SQLException {
    change(
        userId,
        rows -> {
          if (!rows.has(friend)) {
            requireFew(rows.count() + 1);
            rows.add(Set.of(friend));
          }
        });
  }

  /** Lets a user not see another any more; does nothing if so already. */
  public void remove(String userId, String friend) throws SQLException {
    change(
        userId,
        rows -> {
          if (rows.has(friend)) {
            rows.remove(Set.of(friend));
          }
        });
  }

  /**
   * Returns whether a change failed because the columns of the table do not tell two ids apart,
   * such as {@code Ann} and {@code ann}.
   */
  public static boolean isTakenForAnother(SQLException failure) {
    return SqlErrors.isDuplicate(failure);
  }

  private void requireFew(int friends) {
    if (friends > limits.friends()) {
      throw new TooManyFriends(limits.friends(), friends);
    }
  }

  private void change(String userId, FriendRows.Change change) throws SQLException {
    synchronized (locks[Math.floorMod(userId.hashCode(), LOCKS)]) {
      database.change(
          connection -> FriendRows.change(connection, userId, PATIENCE_SECONDS, change));
    }
  }
}
