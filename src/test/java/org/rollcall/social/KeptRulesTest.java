package org.rollcall.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.Settings;
import org.rollcall.node.Node;
import org.rollcall.node.NodeSources;
import org.rollcall.social.rules.RuleTable;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.TestDatabase;

/** The rules that a real PostgreSQL has kept while no node was up. */
@Tag("long")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KeptRulesTest {
  private final TestDatabase database = TestDatabase.start();
  private final RuleTable table = new RuleTable(database.dataSource());

  @BeforeEach
  void create() throws Exception {
    table.create();
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private Node start() {
    Settings settings =
        Settings.read(name -> Optional.ofNullable(Map.<String, String>of().get(name)));
    return new Node(
        settings, new NodeSources(user -> Set.of(), Optional.of(table), Optional.empty()));
  }

  @Test
  void rulesOutliveTheLastNode() throws Exception {
    long soon = Instant.now().getEpochSecond() + 3600;
    try (Node node = start()) {
      VisibilityRules rules = node.visibility().rules();
      rules.make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER);
      rules.make(VisibilityRule.apart("ben", "ada"), VisibilityRules.FOREVER);
      // In a column of its own a sign may stand for nobody: no id can be that sign.
      rules.make(VisibilityRule.apart("+1", "-"), VisibilityRules.FOREVER);
      rules.make(VisibilityRule.hidden("ada"), VisibilityRules.FOREVER);
      rules.make(VisibilityRule.hidden("ada"), soon);
      rules.make(VisibilityRule.hidden("cat"), VisibilityRules.FOREVER);
      rules.lift(VisibilityRule.hidden("cat"));
    }
    // As if the WAR had been deployed for the first time.
    table.create();
    try (Node node = start()) {
      VisibilityRules rules = node.visibility().rules();
      assertThat(rules.isBlocked("eve")).isTrue();
      assertThat(rules.apartFrom("ada")).containsExactly("ben");
      assertThat(rules.apartFrom("+1")).containsExactly("-");
      assertThat(rules.hiddenUntil("ada")).contains(soon);
      assertThat(rules.isHidden("cat")).isFalse();
    }
  }

  @Test
  void aRuleWhoseTimeIsOverIsNotPutInForceAgain() {
    database.execute("insert into rollcall_rules values ('HIDDEN', 'ada', ',', 1000)");
    try (Node node = start()) {
      assertThat(node.visibility().rules().isHidden("ada")).isFalse();
    }
  }

  @Test
  void aRuleThatCannotBeKeptIsNotInForceEither() {
    try (Node node = start()) {
      database.execute("drop table rollcall_rules");
      VisibilityRules rules = node.visibility().rules();
      assertThatThrownBy(() -> rules.make(VisibilityRule.blocked("eve"), VisibilityRules.FOREVER))
          .isInstanceOf(RulesUnavailable.class);
      assertThat(rules.isBlocked("eve")).isFalse();
    }
  }

  @Test
  void aNodeThatCannotReadTheRulesDoesNotStart() {
    database.execute("drop table rollcall_rules");
    assertThatThrownBy(this::start).hasMessage("The rules that hide users could not be read");
  }
}
