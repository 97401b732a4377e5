package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.LocalPeer;

/** Messages that wait or have not ended are within the budgets of their address and the node. */
@Timeout(20)
class WaitingBudgetTest extends BudgetFixture {
  @Test
  void unfinishedMessagesAreWithinTheAddressesBudgetAndGivenBackAtTheEnd() {
    List<LocalPeer> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      LocalPeer peer = connect("192.0.2.1");
      messageBudget(peer).text("x".repeat(8000), false);
      assertOpen(peer);
      open.add(peer);
    }
    LocalPeer oneTooMany = connect("192.0.2.1");
    messageBudget(oneTooMany).text("x".repeat(8000), false);
    assertClosed(oneTooMany, CloseCode.BUSY);
    LocalPeer other = connect("192.0.2.2");
    messageBudget(other).text("x".repeat(8000), false);
    assertOpen(other);

    open.get(0).close(1006);
    LocalPeer next = connect("192.0.2.1");
    messageBudget(next).text("x".repeat(8000), false);
    assertOpen(next);
  }

  /** Has strangers take three fourths of the node's budget, which is all that they may have. */
  private void fillByStrangers() {
    for (int i = 0; i < 10; i++) {
      messageBudget(connect("192.0.2." + i)).text("x".repeat(7500), false);
    }
    LocalPeer oneTooMany = connect("192.0.2.99");
    messageBudget(oneTooMany).text("x".repeat(8000), false);
    assertClosed(oneTooMany, CloseCode.BUSY);
  }

  @Test
  void theNodeHasABudgetTooOfWhichStrangersLeaveAPartToUsers() {
    fillByStrangers();
    LocalPeer ada = connect("192.0.2.99", Optional.of(ada()));
    messageBudget(ada).text("x".repeat(20_000), false);
    assertOpen(ada);
    LocalPeer again = connect("192.0.2.98", Optional.of(ada()));
    messageBudget(again).text("x".repeat(20_000), false);
    assertClosed(again, CloseCode.BUSY);
  }

  @Test
  void aFullBudgetEndsNoConnectionThatSendsASmallMessage() {
    fillByStrangers();
    LocalPeer peer = connect("192.0.2.97");
    messageBudget(peer)
        .text("[null,\"0\",\"phoenix\",\"heartbeat\",{\"a\":\"" + "x".repeat(4000), false);
    assertClosed(peer, CloseCode.BUSY);
    LocalPeer quiet = connect("192.0.2.97");
    messageBudget(quiet).text(HEARTBEAT, true);
    assertThat(node.answers(quiet)).containsExactly(BEAT);
    messageBudget(quiet).text(HEARTBEAT, true);
    messageBudget(quiet).text(HEARTBEAT, true);
    assertClosed(quiet, CloseCode.BUSY);
  }

  private void seconds(int number) {
    for (int i = 0; i < number; i++) {
      node.pass(Duration.ofSeconds(1));
      node.check();
    }
  }

  @Test
  void messagesBeforeAJoinsAnswerAreWithinTheBudgetAndGivenBack() {
    node.holdUp(true);
    LocalPeer peer = connect("192.0.2.1", Optional.of(ada()));
    join(peer, "user:ada");
    node.pass(Duration.ZERO);
    String early = "[\"1\",\"3\",\"user:ada\",\"update\",{\"a\":\"" + "x".repeat(30_000) + "\"}]";
    for (int i = 0; i < 2; i++) {
      messageBudget(peer).text(early, true);
      node.pass(Duration.ZERO);
      assertOpen(peer);
    }
    ConnectionPermit permit = limiter.enter("192.0.2.1", Optional.of("ada")).orElseThrow();
    assertThat(permit.shares().waiting().taken()).isEqualTo(2L * early.length());
    messageBudget(peer).text(early, true);
    node.pass(Duration.ZERO);
    assertClosed(peer, CloseCode.BUSY);
    node.pass(Duration.ZERO);
    assertThat(permit.shares().waiting().taken()).isZero();
    node.holdUp(false);
  }

  @Test
  void aMessageThatDoesNotEndInTimeEndsItsConnection() {
    LocalPeer peer = connect("192.0.2.1");
    messageBudget(peer).text("", false);
    seconds(19);
    assertOpen(peer);
    seconds(1);
    assertClosed(peer, CloseCode.SLOW);
  }

  @Test
  void messagesThatWaitForAWorkerAreWithinTheBudgetAndGivenBack() {
    List<LocalPeer> open = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      open.add(connect("192.0.2.1"));
      messageBudget(open.get(i)).text("x".repeat(8000), true);
    }
    LocalPeer oneTooMany = connect("192.0.2.1");
    messageBudget(oneTooMany).text("x".repeat(8000), true);
    assertClosed(oneTooMany, CloseCode.BUSY);
    node.pass(Duration.ZERO);
    assertThat(limiter.enter("192.0.2.1", Optional.empty()).orElseThrow().shares().waiting())
        .satisfies(waiting -> assertThat(waiting.taken()).isZero());
  }
}
