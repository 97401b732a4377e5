package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.rollcall.concurrent.BoundedExecutor;
import org.rollcall.testing.ManualExecutor;

/** Mailboxes whose workers are turned by hand. */
class MailboxTest {
  private final ManualExecutor workers = new ManualExecutor();
  private final Executor firstTurns = new BoundedExecutor(workers, 2, Integer.MAX_VALUE);
  private final List<String> done = new ArrayList<>();

  private Mailbox mailbox() {
    return new Mailbox(new NodeExecutors.Workers(workers, firstTurns), 1_000);
  }

  @Test
  void aMessageOfAnOldSocketDoesNotWaitBehindThousandsOfNewSockets() {
    Mailbox old = mailbox();
    old.execute(() -> done.add("join of the old socket"));
    workers.runAll();
    done.clear();

    for (int i = 0; i < 1_000; i++) {
      mailbox().execute(() -> done.add("join of a new socket"));
    }
    old.execute(() -> done.add("heartbeat"));
    assertThat(workers.size()).as("two new sockets and the old one").isEqualTo(3);
    workers.runAll();
    assertThat(done).hasSize(1_001).contains("heartbeat");
  }

  @Test
  void theMessagesOfASocketKeepTheirOrderFromTheFirstTurnOn() {
    Mailbox mailbox = mailbox();
    for (int i = 0; i < 100; i++) {
      String message = "message " + i;
      mailbox.execute(() -> done.add(message));
    }
    assertThat(workers.size()).isEqualTo(1);
    workers.runAll();
    assertThat(done).hasSize(100).first().isEqualTo("message 0");
    assertThat(done).last().isEqualTo("message 99");
  }
}
