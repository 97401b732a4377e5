package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.LocalPeer;

/** Input, in parts of any size, is counted and kept within the budgets of address and node. */
@Timeout(20)
class MessageBudgetTest extends BudgetFixture {
  private static final int PARTS_AT_ONCE = 3000;

  @Test
  void aMessageInPartsIsOneMessage() {
    LocalPeer peer = connect("192.0.2.1");
    for (int i = 0; i < HEARTBEAT.length(); i++) {
      messageBudget(peer).text(HEARTBEAT.substring(i, i + 1), i == HEARTBEAT.length() - 1);
    }
    assertThat(node.answers(peer)).containsExactly(BEAT);
    messageBudget(peer).text(HEARTBEAT, false);
    messageBudget(peer).text("", true);
    assertThat(node.answers(peer)).containsExactly(BEAT);
  }

  @Test
  void everyPartCountsAlsoAnEmptyOne() {
    LocalPeer peer = connect("192.0.2.1");
    for (int i = 0; i < PARTS_AT_ONCE; i++) {
      messageBudget(peer).text("", false);
    }
    assertOpen(peer);
    messageBudget(peer).binary(new byte[0], false);
    assertClosed(peer, CloseCode.FLOOD);
  }

  @Test
  void aMessageInPartsIsAsLongAsAWholeOneMayBe() {
    LocalPeer stranger = connect("192.0.2.1");
    messageBudget(stranger).text("x".repeat(8192), false);
    assertOpen(stranger);
    messageBudget(stranger).text("x", true);
    assertClosed(stranger, CloseCode.TOO_BIG);
    LocalPeer ada = connect("192.0.2.1", Optional.of(ada()));
    messageBudget(ada).text("x".repeat(65_536), false);
    assertOpen(ada);
    messageBudget(ada).text("x", true);
    assertClosed(ada, CloseCode.TOO_BIG);
    LocalPeer binary = connect("192.0.2.1");
    messageBudget(binary).binary(new byte[8193], true);
    assertClosed(binary, CloseCode.TOO_BIG);
  }
}
