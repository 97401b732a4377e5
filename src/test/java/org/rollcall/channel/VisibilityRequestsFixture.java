package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.ManualNode;

/** A user who sends requests about visibility, and a count of the writes. */
class VisibilityRequestsFixture {
  static final String NOBODY = "{\"to\":\"nobody\"}";
  static final String FRIENDS = "{\"to\":\"friends\"}";

  ManualNode node = new ManualNode(Map.of("rollcall.refusal.join", "PT0S"));
  LocalPeer ada = join("ada");
  final AtomicInteger writes = new AtomicInteger();
  int ref = 100;

  @BeforeEach
  void count() {
    node.stored().beforeWrites(rule -> writes.incrementAndGet());
  }

  void restart(Map<String, String> settings) {
    node = new ManualNode(settings);
    count();
    ada = join("ada");
  }

  LocalPeer join(String user) {
    LocalPeer peer = node.connect(Optional.of(user));
    peer.send("[\"11\",\"1\",\"user:%s\",\"phx_join\",{}]".formatted(user));
    assertThat(node.answers(peer)).isNotEmpty();
    return peer;
  }

  static void request(LocalPeer peer, String user, int ref, String payload) {
    peer.send("[\"11\",\"%d\",\"user:%s\",\"visibility\",%s]".formatted(ref, user, payload));
  }

  /** Sends ada's request, and returns its answer. */
  String request(String payload) {
    request(ada, "ada", ++ref, payload);
    return replies(ada).get(0);
  }

  List<String> replies(LocalPeer peer) {
    return node.answers(peer).stream()
        .filter(frame -> frame.contains("phx_reply"))
        .map(frame -> frame.substring(frame.indexOf("{\"status\"")))
        .toList();
  }

  static String ok(String response) {
    return "{\"status\":\"ok\",\"response\":" + response + "}]";
  }

  static String error(String reason) {
    return "{\"status\":\"error\",\"response\":{\"reason\":\"" + reason + "\"}}]";
  }
}
