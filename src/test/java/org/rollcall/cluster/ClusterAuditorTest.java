package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.ManualExecutor;
import org.rollcall.testing.ManualMembership;

/** A row of steps that follow the view. */
class ClusterAuditorTest {
  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> told = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private boolean failing;
  private final ManualMembership members = new ManualMembership("node-1");
  private final ClusterAuditor auditor =
      new ClusterAuditor(
          members,
          Duration.ofSeconds(10),
          new WorkerThreads(executor, executor, (task, delay) -> {}, () -> now),
          List.of(new Told("first"), new Told("second")));

  private final class Told implements ClusterAuditor.Step {
    private final String name;

    Told(String name) {
      this.name = name;
    }

    @Override
    public void viewChanged() {
      told.add(name + " changed");
    }

    @Override
    public void met() {
      told.add(name + " met");
    }

    @Override
    public void tick() {
      told.add(name + " tick");
    }

    @Override
    public void audit(ClusterAuditor.Audit audit) {
      told.add(name + (audit.settling() ? " settles" : " audits"));
      if (failing && name.equals("first")) {
        throw new IllegalStateException("expected by the test");
      }
    }
  }

  private List<String> toldNow() {
    List<String> all = List.copyOf(told);
    told.clear();
    return all;
  }

  private List<String> auditedNow() {
    executor.runAll();
    return toldNow().stream().filter(text -> !text.endsWith("tick")).toList();
  }

  private void tick(int seconds) {
    now = now.plusSeconds(seconds);
    auditor.tick();
  }

  @Test
  void aChangeOfTheViewIsToldAtOnceAndAuditedByAWorkerInTheSameOrder() {
    assertThat(auditedNow()).containsExactly("first settles", "second settles");
    members.change();
    assertThat(toldNow()).containsExactly("first changed", "second changed");
    assertThat(auditedNow()).containsExactly("first settles", "second settles");
    members.meet();
    assertThat(toldNow()).containsExactly("first met", "second met");
  }

  @Test
  void stepsAuditAtEveryTickForTenSecondsAfterAChangeAndThenEveryFiveSeconds() {
    assertThat(auditedNow()).hasSize(2);
    tick(1);
    assertThat(auditedNow()).containsExactly("first settles", "second settles");
    tick(9);
    assertThat(auditedNow()).containsExactly("first audits", "second audits");
    tick(4);
    assertThat(auditedNow()).isEmpty();
    tick(1);
    assertThat(auditedNow()).containsExactly("first audits", "second audits");
  }

  @Test
  void everyTickIsToldToEveryStep() {
    auditor.tick();
    assertThat(toldNow()).containsExactly("first tick", "second tick");
  }

  @Test
  void aNodeThatIsAboutToGoAuditsNothingAndCatchesUpIfItStays() {
    assertThat(auditedNow()).hasSize(2);
    tick(60);
    assertThat(auditedNow()).hasSize(2);
    members.setLeaving("node-1");
    members.change();
    assertThat(auditedNow()).containsExactly("first changed", "second changed");
    tick(60);
    assertThat(auditedNow()).isEmpty();
    members.setLeaving();
    tick(1);
    assertThat(auditedNow()).containsExactly("first settles", "second settles");
  }

  @Test
  void aStepThatFailsHoldsUpNoOtherAndIsDueAgainAtTheNextTick() {
    assertThat(auditedNow()).hasSize(2);
    failing = true;
    tick(60);
    assertThat(auditedNow()).containsExactly("first audits", "second audits");
    failing = false;
    tick(1);
    assertThat(auditedNow()).containsExactly("first audits", "second audits");
    tick(1);
    assertThat(auditedNow()).isEmpty();
  }
}
