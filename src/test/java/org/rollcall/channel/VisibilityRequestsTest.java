package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.LocalPeer;

/** Requests about visibility, on their way to the database and the other nodes. */
class VisibilityRequestsTest extends VisibilityRequestsFixture {
  @Test
  void nobodyWaitsWhileARequestIsWritten() {
    LocalPeer ben = join("ben");
    node.answers(ben);
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    ada.send("[null,\"3\",\"phoenix\",\"heartbeat\",{}]");
    ben.send("[null,\"3\",\"phoenix\",\"heartbeat\",{}]");
    assertThat(replies(ada)).containsExactly(ok("{}"));
    assertThat(replies(ben)).containsExactly(ok("{}"));
    assertThat(node.rules().isHidden("ada")).isFalse();
    node.holdUp(false);
    assertThat(replies(ada)).containsExactly(ok(NOBODY));
    assertThat(node.rules().isHidden("ada")).isTrue();
  }

  @Test
  void requestsAreCarriedOutOneAtATimeAndAnsweredInOrderAndTheLastHolds() {
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    request(ada, "ada", 3, FRIENDS);
    request(ada, "ada", 4, "{\"to\":\"nobody\",\"for\":\"PT1H\"}");
    assertThat(replies(ada)).isEmpty();
    assertThat(node.asking()).isEqualTo(1);
    node.holdUp(false);
    assertThat(replies(ada))
        .containsExactly(
            ok(NOBODY), ok(FRIENDS), ok("{\"to\":\"nobody\",\"until\":\"1970-01-01T01:00:00Z\"}"));
    assertThat(node.rules().hiddenUntil("ada")).contains(3600L);
  }

  @Test
  void requestsOfAllOfAUsersConnectionsWaitInOneQueue() {
    LocalPeer phone = join("ada");
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    request(phone, "ada", 2, FRIENDS);
    assertThat(node.answers(phone)).noneMatch(frame -> frame.contains("phx_reply"));
    assertThat(node.asking()).isEqualTo(1);
    node.holdUp(false);
    assertThat(replies(phone)).containsExactly(ok(FRIENDS));
    assertThat(node.rules().isHidden("ada")).isFalse();
  }

  @Test
  void aRuleInForceIsNeitherWrittenNorCounted() {
    for (int i = 0; i < 30; i++) {
      assertThat(request(FRIENDS)).isEqualTo(ok(FRIENDS));
    }
    assertThat(writes).hasValue(0);
    for (int i = 0; i < 30; i++) {
      assertThat(request(NOBODY)).isEqualTo(ok(NOBODY));
    }
    assertThat(writes).hasValue(1);
    assertThat(request("{\"to\":\"nobody\",\"for\":\"PT1H\"}")).contains("\"until\"");
    assertThat(writes).hasValue(2);
    assertThat(request(NOBODY)).isEqualTo(ok(NOBODY));
    assertThat(writes).hasValue(3);
    assertThat(node.rules().hiddenUntil("ada")).contains(Long.MAX_VALUE);
  }

  @Test
  void anAnswerThatNeedsNoWriteDoesNotOvertakeOneThatDid() {
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    request(ada, "ada", 3, NOBODY);
    node.holdUp(false);
    request(ada, "ada", 4, NOBODY);
    assertThat(
            node.answers(ada).stream()
                .filter(frame -> frame.contains("phx_reply"))
                .map(frame -> frame.substring(0, 10)))
        .containsExactly("[\"11\",\"2\",", "[\"11\",\"3\",", "[\"11\",\"4\",");
    assertThat(writes).hasValue(1);
  }

  @Test
  void aRequestIsCarriedOutThoughItsChannelHasBeenLeftAndIsNotAnsweredAfterThat() {
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    ada.send("[\"11\",\"3\",\"user:ada\",\"phx_leave\",{}]");
    assertThat(node.answers(ada)).last().asString().contains("phx_close");
    node.holdUp(false);
    assertThat(node.answers(ada)).isEmpty();
    assertThat(node.rules().isHidden("ada")).isTrue();
  }

  @Test
  void aRequestIsCarriedOutThoughItsConnectionHasEnded() {
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    node.pass(Duration.ZERO);
    ada.close(1006);
    node.pass(Duration.ZERO);
    node.holdUp(false);
    assertThat(node.answers(ada)).isEmpty();
    assertThat(node.rules().isHidden("ada")).isTrue();
  }

  @Test
  void aRequestOfAJoinThatWasReplacedIsNotAnsweredOnTheNewOne() {
    node.holdUp(true);
    request(ada, "ada", 2, NOBODY);
    ada.send("[\"12\",\"12\",\"user:ada\",\"phx_join\",{}]");
    node.holdUp(false);
    assertThat(node.answers(ada)).noneMatch(frame -> frame.contains("nobody"));
    assertThat(node.rules().isHidden("ada")).isTrue();
  }

  @Test
  void aRequestThatCouldNotBeKeptIsAnErrorAndTheNextIsWrittenWhateverHolds() {
    node.stored()
        .beforeWrites(
            rule -> {
              throw new IllegalStateException("expected by the test");
            });
    assertThat(request(NOBODY)).isEqualTo(error("visibility unavailable"));
    count();
    assertThat(request(FRIENDS)).isEqualTo(ok(FRIENDS));
    assertThat(writes).hasValue(1);
    assertThat(request(FRIENDS)).isEqualTo(ok(FRIENDS));
    assertThat(writes).hasValue(1);
  }
}
