package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ManualMembership;

/** Until when a node that is down counts, and how long it is remembered after that. */
class MemberTableTest {
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final Instant NOW = Instant.EPOCH;

  private final ManualMembership members = new ManualMembership("self");
  private final MemberTable table = members.table();
  // The deadlines that nodes write for each other.
  private final Map<String, Instant> told = members.deadlines();

  private void goes() {
    table.view(List.of("self", "other"));
    table.view(List.of("self"));
  }

  private boolean isOver(String node, Instant now) {
    return table.isOver(node, now, GRACE, members);
  }

  private void audit(Instant now) {
    table.audit(now, GRACE, members);
  }

  @Test
  void aNodeSeenToLeaveCountsForTheGraceAndTheOthersAreTold() {
    goes();
    assertThat(isOver("other", NOW)).isFalse();
    assertThat(told).containsEntry("other", NOW.plus(GRACE));
    assertThat(isOver("other", NOW.plus(GRACE).minusMillis(1))).isFalse();
    assertThat(isOver("other", NOW.plus(GRACE))).isTrue();
  }

  @Test
  void aNodeThatStartsLaterUsesTheDeadlineOfTheOthers() {
    told.put("other", NOW.plusSeconds(5));
    assertThat(isOver("other", NOW)).isFalse();
    assertThat(isOver("other", NOW.plusSeconds(5))).isTrue();
    assertThat(isOver("node-9", NOW.plus(GRACE))).isFalse();
    told.put("earlier", NOW);
    assertThat(isOver("earlier", NOW.plusSeconds(1))).isTrue();
  }

  @Test
  void aDeadlineFromBeforeANodeWasBackIsVoid() {
    told.put("other", NOW.minusSeconds(1));
    goes();
    assertThat(isOver("other", NOW)).isFalse();
    assertThat(told).containsEntry("other", NOW.plus(GRACE));
  }

  @Test
  void anOwnerThatIsJustComingHasSomeSecondsMore() {
    assertThat(isOver("coming", NOW)).isFalse();
    assertThat(isOver("coming", NOW.plus(GRACE))).isFalse();
    assertThat(isOver("coming", NOW.plus(GRACE).plusSeconds(3))).isTrue();
    table.view(List.of("self", "coming"));
    assertThat(isOver("coming", NOW.plus(GRACE).plusSeconds(4))).isFalse();
    assertThat(table.down()).isEmpty();
  }

  @Test
  void aNodeIsDownForTheGraceAndThenRemovedAndRememberedForTenMinutes() {
    goes();
    audit(NOW);
    assertThat(table.down()).containsExactly("other");
    assertThat(table.out()).containsExactly("other");
    assertThat(table.isRemoved("other")).isFalse();
    Instant over = NOW.plus(GRACE);
    audit(over);
    assertThat(table.down()).isEmpty();
    assertThat(table.out()).containsExactly("other");
    assertThat(table.isRemoved("other")).isTrue();
    assertThat(isOver("other", over)).isTrue();
    audit(over.plus(REMEMBERED).minusMillis(1));
    assertThat(table.out()).containsExactly("other");
    audit(over.plus(REMEMBERED));
    assertThat(table.out()).isEmpty();
  }

  @Test
  void aNodeThatIsBackIsUpAndHasTheWholeGraceTheNextTime() {
    goes();
    audit(NOW);
    table.view(List.of("self", "other"));
    assertThat(table.out()).isEmpty();
    assertThat(isOver("other", NOW.plus(GRACE))).isFalse();
    table.view(List.of("self"));
    Instant later = NOW.plus(GRACE).plusSeconds(1);
    audit(later);
    assertThat(table.down()).containsExactly("other");
    assertThat(isOver("other", later.plus(GRACE).minusMillis(1))).isFalse();
    audit(later.plus(GRACE));
    assertThat(table.isRemoved("other")).isTrue();
    table.view(List.of("self", "other"));
    assertThat(table.isRemoved("other")).isFalse();
  }

  @Test
  void anOwnerOfWhichSomethingIsFoundIsDown() {
    assertThat(isOver("found", NOW)).isFalse();
    assertThat(table.down()).containsExactly("found");
    told.put("old", NOW.minusSeconds(9));
    assertThat(isOver("old", NOW)).isTrue();
    audit(NOW);
    assertThat(table.isRemoved("old")).isTrue();
    assertThat(table.down()).containsExactly("found");
  }
}
