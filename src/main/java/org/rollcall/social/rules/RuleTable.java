package org.rollcall.social.rules;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.FriendSettings;
import org.rollcall.config.WrongSetting;
import org.rollcall.social.jdbc.DataSources;
import org.rollcall.social.jdbc.Database;
import org.rollcall.social.jdbc.SqlErrors;
import org.rollcall.social.jdbc.TableSetup;

/**
 * The rules in the table {@code rollcall_rules}, which keeps them while no node is up. Creates the
 * table.
 *
 * <p>Safe for many threads; calls wait for the database.
 */
public final class RuleTable {
  private static final Logger LOG = System.getLogger(RuleTable.class.getName());
  private static final String CREATE =
      "create table rollcall_rules (kind varchar(16) not null, user_id varchar(128) not null,"
          + " other_id varchar(128) not null, ends bigint not null,"
          + " primary key (kind, user_id, other_id))";
  private static final String READ = "select kind, user_id, other_id, ends from rollcall_rules";
  private static final String KEY = " where kind = ? and user_id = ? and other_id = ?";
  private static final String DELETE = "delete from rollcall_rules" + KEY;
  private static final String INSERT =
      "insert into rollcall_rules (kind, user_id, other_id, ends) values (?, ?, ?, ?)";

  private static final int PATIENCE_SECONDS = 3;

  /**
   * The second user in rules that name only one: Oracle has no empty text, and no user's id has a
   * comma.
   */
  private static final String NOBODY = ",";

  private final Database database;

  /**
   * Creates the table of rules, if the settings name a data source. Called once, on the thread that
   * deploys.
   *
   * @throws WrongSetting if the data source has no room for it
   */
  public static Optional<RuleTable> of(FriendSettings settings) {
    if (!settings.rules().kept()) {
      LOG.log(
          Level.INFO,
          "Blocks and requests to be invisible are lost when all nodes are down"
              + " (rollcall.datasource names no data source)");
      return Optional.empty();
    }
    RuleTable table = new RuleTable(DataSources.of(settings));
    try {
      table.create();
    } catch (SQLException e) {
      throw new WrongSetting(
          "rollcall.datasource",
          "a data source in which the table rollcall_rules is or can be created",
          settings.data().source() + " (" + e.getMessage() + ")");
    }
    return Optional.of(table);
  }

  /** Creates a table in {@code dataSource}; see {@link #create}. */
  public RuleTable(DataSource dataSource) {
    this.database = new Database(dataSource);
  }

  /**
   * Creates the table if it is not there yet.
   *
   * @throws SQLException if it neither is there nor can be created
   */
  public void create() throws SQLException {
    new TableSetup(database, "rollcall_rules").create(CREATE);
  }

  /** Passes the rules that have not ended. */
  public void forEach(long now, BiConsumer<VisibilityRule, Long> visitor) throws RulesUnavailable {
    try {
      read(now).forEach(visitor);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private Map<VisibilityRule, Long> read(long now) throws SQLException {
    return database.ask(
        connection -> {
          try (PreparedStatement statement = prepare(connection, READ + " where ends > ?")) {
            statement.setLong(1, now);
            return rules(statement);
          }
        });
  }

  private static Map<VisibilityRule, Long> rules(PreparedStatement statement) throws SQLException {
    Map<VisibilityRule, Long> rules = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String other = rows.getString(3);
        VisibilityRule rule =
            new VisibilityRule(
                VisibilityRule.Kind.valueOf(rows.getString(1)),
                rows.getString(2),
                other.equals(NOBODY) ? "" : other);
        rules.put(rule, rows.getLong(4));
      }
    }
    return rules;
  }

  /** Returns the end of just this rule as the table has it, or null if it has no such rule. */
  @Nullable Long until(VisibilityRule rule) throws RulesUnavailable {
    try {
      return database.ask(connection -> read(connection, rule)).get(rule);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  public void put(VisibilityRule rule, long until) throws RulesUnavailable {
    change(rule, until, true);
  }

  public void remove(VisibilityRule rule) throws RulesUnavailable {
    change(rule, 0, false);
  }

  /**
   * Changes the row of just this rule: a database that takes {@code Ann} and {@code ann} to be
   * equal has one row for both, which stays as it is if it is the other's. Of two nodes that change
   * one rule at once, one comes after the other.
   */
  private void change(VisibilityRule rule, long until, boolean keep) throws RulesUnavailable {
    try {
      database.change(
          connection -> {
            if (has(connection, rule)) {
              execute(connection, DELETE, rule, 0);
            }
            if (keep) {
              execute(connection, INSERT, rule, until);
            }
          });
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private static boolean has(Connection connection, VisibilityRule rule) throws SQLException {
    return read(connection, rule).containsKey(rule);
  }

  private static Map<VisibilityRule, Long> read(Connection connection, VisibilityRule rule)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, READ + KEY)) {
      set(statement, rule);
      return rules(statement);
    }
  }

  private static void execute(Connection connection, String sql, VisibilityRule rule, long until)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql)) {
      set(statement, rule);
      if (sql.equals(INSERT)) {
        statement.setLong(4, until);
      }
      statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(PATIENCE_SECONDS);
    return statement;
  }

  private static void set(PreparedStatement statement, VisibilityRule rule) throws SQLException {
    statement.setString(1, rule.kind().name());
    statement.setString(2, rule.user());
    statement.setString(3, rule.other().isEmpty() ? NOBODY : rule.other());
  }

  private static RulesUnavailable unavailable(SQLException e) {
    return new RulesUnavailable("The table of rules failed: " + SqlErrors.describe(e), null);
  }
}
