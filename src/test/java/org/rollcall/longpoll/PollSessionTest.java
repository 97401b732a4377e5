package org.rollcall.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.protocol.CloseCode;
import org.rollcall.protocol.Serializer;
import org.rollcall.socket.Socket;
import org.rollcall.testing.ManualNode;

@Timeout(30)
class PollSessionTest {
  private static final String HEARTBEAT = "[null,\"%d\",\"phoenix\",\"heartbeat\",{}]";
  private static final String NONE = "{\"status\":410,\"token\":\"lp-none\",\"messages\":[]}";

  private final ManualNode node = new ManualNode(Map.of());
  private final LongPolls polls = new LongPolls(node.sockets(), node.executors());

  private PollSession open() {
    return polls.open(new Socket.Client(Optional.empty(), Serializer.V2));
  }

  private void second() {
    node.pass(Duration.ofSeconds(1));
    polls.check();
    node.check();
  }

  private FakePoll poll(PollSession session) {
    FakePoll request = new FakePoll();
    assertThat(session.poll(request)).isTrue();
    node.pass(Duration.ofMillis(20));
    return request;
  }

  private boolean send(PollSession session, int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      texts.add(HEARTBEAT.formatted(i));
    }
    boolean lives = session.take(new PollMessages(texts, true));
    node.pass(Duration.ofMillis(20));
    return lives;
  }

  @Test
  void framesThatCameBeforeThePollAreItsAnswerAndLaterOnesThatOfTheNext() {
    PollSession session = open();
    assertThat(send(session, 0, 3)).isTrue();
    assertThat(poll(session).refs()).containsExactly("0", "1", "2");
    FakePoll waits = poll(session);
    assertThat(waits.status()).isZero();
    send(session, 3, 5);
    assertThat(waits.refs()).containsExactly("3", "4");
  }

  @Test
  void aPollWithoutAFrameIsAnsweredAfterTenSeconds() {
    PollSession session = open();
    FakePoll waits = poll(session);
    for (int i = 0; i < 9; i++) {
      second();
    }
    assertThat(waits.status()).isZero();
    second();
    assertThat(waits.status()).isEqualTo(204);
    assertThat(waits.body).contains(session.token());
  }

  @Test
  void aSecondPollEndsTheFirstAndNoFrameIsLost() {
    PollSession session = open();
    FakePoll first = poll(session);
    FakePoll second = poll(session);
    assertThat(first.status()).isEqualTo(204);
    send(session, 0, 1);
    assertThat(second.refs()).containsExactly("0");
  }

  @Test
  void framesOfAnAnswerThatIsLostLeaveWithTheNextInTheirOrder() {
    PollSession session = open();
    FakePoll lost = new FakePoll();
    lost.lost = true;
    send(session, 0, 2);
    assertThat(session.poll(lost)).isTrue();
    send(session, 2, 3);
    assertThat(poll(session).refs()).containsExactly("0", "1", "2");
  }

  @Test
  void framesWaitWhileAnAnswerIsNotReadAndThePollBehindItGetsThem() {
    PollSession session = open();
    FakePoll unread = new FakePoll();
    unread.reading = false;
    send(session, 0, 2);
    assertThat(session.poll(unread)).isTrue();
    send(session, 2, 4);
    FakePoll next = poll(session);
    assertThat(next.status()).isZero();
    if (unread.done != null) {
      unread.done.sent(true);
    }
    node.pass(Duration.ZERO);
    assertThat(next.refs()).containsExactly("2", "3");
  }

  @Test
  void aClientThatStopsPollingEndsAfterItsWindow() {
    PollSession session = open();
    poll(session);
    for (int i = 0; i < 10 + 14; i++) {
      second();
    }
    assertThat(polls.find(session.token())).isPresent();
    second();
    assertThat(polls.find(session.token())).isEmpty();
    assertThat(node.sockets().size()).isZero();
    assertThat(session.poll(new FakePoll())).isFalse();
    assertThat(session.take(new PollMessages(List.of(), true))).isFalse();
  }

  @Test
  void aClientThatPollsStaysThoughItSendsNothing() {
    PollSession session = open();
    FakePoll waits = poll(session);
    for (int i = 0; i < 200; i++) {
      second();
      if (waits.status() != 0) {
        assertThat(waits.status()).isEqualTo(204);
        waits = poll(session);
      }
    }
    assertThat(polls.size()).isEqualTo(1);
  }

  @Test
  void aThousandSessionsThatAreNeverPolledEndAfterFifteenSeconds() {
    for (int i = 0; i < 1000; i++) {
      open();
    }
    assertThat(polls.size()).isEqualTo(1000);
    for (int i = 0; i < 15; i++) {
      second();
    }
    assertThat(polls.size()).isZero();
    assertThat(node.sockets().size()).isZero();
  }

  @Test
  void aClientThatSendsAndDoesNotPollIsEndedAfterSomeTensOfKilobytes() {
    PollSession session = open();
    int answers = 0;
    while (send(session, answers, answers + 1)) {
      answers++;
    }
    assertThat(answers * HEARTBEAT.length()).isBetween(16_384, 65_536);
    assertThat(session.poll(new FakePoll())).isFalse();
    assertThat(node.sockets().size()).isZero();
  }

  @Test
  void aSocketThatIsClosedAnswersThePollAtOnceAndItsTokenIsNoneAnyMore() {
    for (CloseCode code : CloseCode.values()) {
      PollSession session = open();
      FakePoll waits = poll(session);
      session.socket().close(code);
      node.pass(Duration.ZERO);
      assertThat(waits.body).as("" + code).isEqualTo(NONE);
      assertThat(polls.find(session.token())).isEmpty();
      assertThat(session.take(new PollMessages(List.of(), true))).isFalse();
    }
    assertThat(polls.size()).isZero();
  }

  @Test
  void anAnswerThatIsNotReadKeepsItsPermitUntilItsConnectionIsEnded() {
    PollSession session = open();
    FakePoll unread = new FakePoll();
    unread.reading = false;
    boolean[] over = {false};
    session.transport().whenOver(() -> over[0] = true);
    send(session, 0, 1);
    assertThat(session.poll(unread)).isTrue();
    session.transport().close(CloseCode.SLOW);
    assertThat(over[0]).isFalse();
    session.transport().abort();
    assertThat(unread.aborted).isTrue();
    assertThat(over[0]).isTrue();
  }

  @Test
  void anIdleTimeBelowThatOfAPollIsKeptByAnsweringIt() {
    ManualNode quick = new ManualNode(Map.of("rollcall.idle", "PT4S"));
    LongPolls all = new LongPolls(quick.sockets(), quick.executors());
    PollSession session = all.open(new Socket.Client(Optional.empty(), Serializer.V2));
    FakePoll waits = new FakePoll();
    assertThat(session.poll(waits)).isTrue();
    for (int i = 0; i < 3; i++) {
      quick.pass(Duration.ofSeconds(1));
      quick.check();
    }
    assertThat(waits.status()).isEqualTo(204);
    assertThat(session.poll(new FakePoll())).isTrue();
    quick.pass(Duration.ofSeconds(2));
    quick.check();
    assertThat(all.size()).isEqualTo(1);
  }

  @Test
  void tokensAreLongAndNeverTheSame() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      tokens.add(SessionToken.create());
    }
    assertThat(tokens).hasSize(1000).allMatch(token -> token.matches("lp-[A-Za-z0-9_-]{32}"));
    assertThat(SessionToken.isOne(SessionToken.NONE)).isTrue();
    assertThat(polls.find(SessionToken.NONE)).isEmpty();
  }
}
