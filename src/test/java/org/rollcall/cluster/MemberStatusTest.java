package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Until when a node that is gone counts. */
class MemberStatusTest {
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final Instant NOW = Instant.EPOCH;

  private final Map<String, Instant> told = new HashMap<>();
  private final MemberStatus memberStatus = new MemberStatus(GRACE, new Told());

  /** What nodes tell each other. */
  private final class Told implements Membership {
    @Override
    public String self() {
      return "self";
    }

    @Override
    public List<String> up() {
      return List.of("self");
    }

    @Override
    public void listen(Runnable changed) {}

    @Override
    public Optional<Instant> deadline(String node) {
      return Optional.ofNullable(told.get(node));
    }

    @Override
    public void agree(String node, Instant end, Instant now) {
      told.put(node, end);
    }
  }

  private void goes() {
    memberStatus.view(List.of("self", "other"));
    memberStatus.view(List.of("self"));
  }

  @Test
  void whoWasSeenToGoCountsForTheGraceAndTheOthersAreTold() {
    goes();
    assertThat(memberStatus.isOver("other", NOW)).isFalse();
    assertThat(told).containsEntry("other", NOW.plus(GRACE));
    assertThat(memberStatus.isOver("other", NOW.plus(GRACE).minusMillis(1))).isFalse();
    assertThat(memberStatus.isOver("other", NOW.plus(GRACE))).isTrue();
  }

  @Test
  void whoStartsLaterGoesByWhatIsTold() {
    told.put("other", NOW.plusSeconds(5));
    assertThat(memberStatus.isOver("other", NOW)).isFalse();
    assertThat(memberStatus.isOver("other", NOW.plusSeconds(5))).isTrue();
    assertThat(memberStatus.isOver("long gone", NOW.plus(GRACE))).isFalse();
    told.put("earlier", NOW);
    assertThat(memberStatus.isOver("earlier", NOW.plusSeconds(1))).isTrue();
  }

  @Test
  void whatWasToldBeforeANodeWasBackIsVoid() {
    told.put("other", NOW.minusSeconds(1));
    goes();
    assertThat(memberStatus.isOver("other", NOW)).isFalse();
    assertThat(told).containsEntry("other", NOW.plus(GRACE));
  }
}
