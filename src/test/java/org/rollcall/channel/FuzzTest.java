package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.protocol.Events;
import org.rollcall.protocol.Json;
import org.rollcall.protocol.MalformedFrame;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Serializer;
import org.rollcall.testing.LocalPeer;
import org.rollcall.testing.LoggedTroubles;
import org.rollcall.testing.ManualNode;
import org.rollcall.testing.RandomInput;

/**
 * Every input of a client is answered as the protocol says, or ignored where it says so, and no
 * other client notices. {@code -Drollcall.seed=} and {@code -Drollcall.inputs=} try others and
 * more.
 */
@Tag("long")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FuzzTest {
  private static final long SEED = Long.getLong("rollcall.seed", 20261122);
  private static final int INPUTS = Integer.getInteger("rollcall.inputs", 100_000);
  private static final int INPUTS_PER_SOCKET = 400;
  private static final Set<String> OUT =
      Set.of("phx_reply", "phx_close", "phx_error", "presence_state", "presence_diff");

  /** The reason that must never be answered, because it reports an exception. */
  private static final Set<String> CRASHES = Set.of("join crashed", "channel_crash");

  private static final String HEARTBEAT = "[null,\"h\",\"phoenix\",\"heartbeat\",{}]";

  private final RandomInput randomInput = new RandomInput(SEED);
  private final Set<String> seen = new HashSet<>();
  private final ManualNode node =
      new ManualNode(
          Map.of(
              "rollcall.limits.joins", "1000000",
              "rollcall.limits.events", "1000000",
              "rollcall.refusal.join", "PT0S",
              "rollcall.counts.interval", "PT0.01S"),
          user -> Set.of("other"));

  @Test
  void whateverComesIsAnsweredInTheProtocolsFormAndNobodyElseNotices() {
    LocalPeer bystander = node.connect(Optional.of("bystander"));
    bystander.send("[\"1\",\"1\",\"room:bystander\",\"phx_join\",{\"meta\":{\"at\":\"rest\"}}]");
    bystander.send("[\"2\",\"2\",\"count:bystander\",\"phx_join\",{}]");
    bystander.send("[\"3\",\"3\",\"user:bystander\",\"phx_join\",{}]");
    assertThat(node.answers(bystander)).hasSize(8).noneMatch(text -> text.contains("error"));
    try (LoggedTroubles troubles = new LoggedTroubles()) {
      for (int i = 0; i < INPUTS; i += INPUTS_PER_SOCKET) {
        play(i);
        bystander.send(HEARTBEAT);
        assertThat(node.answers(bystander)).as("seed %s, input %s", SEED, i).hasSize(1);
      }
      assertThat(troubles.all()).as("seed %s", SEED).isEmpty();
    }
    bystander.send("[\"1\",\"9\",\"room:bystander\",\"update\",{\"at\":\"work\"}]");
    assertThat(node.answers(bystander)).hasSize(2).last().asString().contains("\"at\":\"rest\"");
    assertThat(node.sockets().size()).isEqualTo(1);
    assertThat(seen)
        .as("what the garbage reached")
        .contains("ok", "presence_state", "presence_diff", "phx_close", "malformed frame")
        .contains("unauthorized", "unmatched topic", "unknown event")
        .contains("invalid meta", "invalid payload");
  }

  /** Lets one socket live on garbage. */
  private void play(int begin) {
    boolean version1 = randomInput.number(4) == 0;
    Serializer serializer = version1 ? Serializer.V1 : Serializer.V2;
    Optional<String> user = randomInput.number(5) == 0 ? Optional.empty() : Optional.of("fuzz");
    LocalPeer peer = node.connect(user, serializer);
    for (int i = begin; i < begin + INPUTS_PER_SOCKET; i++) {
      Optional<Message> message;
      String input;
      if (randomInput.number(10) == 0) {
        byte[] bytes = randomInput.bytes();
        input = "bytes " + HexFormat.of().formatHex(bytes);
        message = decoded(() -> serializer.decode(bytes));
        peer.send(bytes);
      } else {
        String text = randomInput.frame(version1);
        input = text;
        message = decoded(() -> serializer.decode(text));
        peer.send(text);
      }
      List<String> answers = node.answers(peer);
      String as = "seed %s, input %s: %s, answered by %s".formatted(SEED, i, input, answers);
      assertThat(peer.isClosed()).as(as).isFalse();
      check(message, answers, version1, as);
      node.pass(Duration.ofMillis(randomInput.number(20)));
      peer.takeAll().forEach(text -> form(text, version1, as));
    }
    peer.close();
    node.pass(Duration.ofSeconds(1));
  }

  private interface Decoder {
    Message decode() throws MalformedFrame;
  }

  private static Optional<Message> decoded(Decoder decoder) {
    try {
      return Optional.of(decoder.decode());
    } catch (MalformedFrame e) {
      return Optional.empty();
    }
  }

  private void check(Optional<Message> message, List<String> answers, boolean version1, String as) {
    List<Answer> all = answers.stream().map(text -> form(text, version1, as)).toList();
    List<Answer> replies =
        all.stream().filter(answer -> answer.event().equals("phx_reply")).toList();
    if (message.isEmpty()) {
      assertThat(all).as(as).hasSize(1);
      assertThat(all.get(0).event()).as(as).isEqualTo(Events.ERROR);
      assertThat(all.get(0).topic()).as(as).isEqualTo(Events.PHOENIX);
    } else if (replies.isEmpty()) {
      // Ignored: a message of a join that is over. Nothing else may come of it.
      assertThat(all).as(as).isEmpty();
      assertThat(message.get().hasJoinRef()).as(as).isTrue();
      assertThat(message.get().event()).as(as).isNotEqualTo(Events.JOIN);
    } else {
      assertThat(replies).as(as).hasSize(1);
      assertThat(replies.get(0).ref()).as(as).isEqualTo(parsed(message.get().ref(), as));
      assertThat(replies.get(0).topic()).as(as).isEqualTo(message.get().topic());
    }
  }

  private static JsonValue parsed(String text, String as) {
    try {
      return Json.parse(text);
    } catch (MalformedFrame e) {
      throw new AssertionError(as, e);
    }
  }

  private record Answer(JsonValue ref, String topic, String event) {}

  /** Reads an answer, which must have the form of its version. */
  private Answer form(String text, boolean version1, String as) {
    JsonValue value = parsed(text, as);
    Answer answer;
    JsonObject payload;
    if (version1) {
      JsonObject frame = (JsonObject) value;
      assertThat(frame.keySet()).as(as).containsExactly("topic", "event", "payload", "ref");
      payload = frame.getJsonObject("payload");
      answer =
          new Answer(
              frame.getOrDefault("ref", JsonValue.NULL),
              frame.getString("topic"),
              frame.getString("event"));
    } else {
      JsonArray frame = (JsonArray) value;
      assertThat(frame).as(as).hasSize(5);
      payload = frame.getJsonObject(4);
      answer = new Answer(frame.get(1), frame.getString(2), frame.getString(3));
    }
    assertThat(OUT).as(as).contains(answer.event());
    seen.add(answer.event());
    JsonObject reason = payload;
    if (answer.event().equals("phx_reply")) {
      assertThat(payload.keySet()).as(as).containsExactly("status", "response");
      assertThat(payload.getString("status")).as(as).isIn("ok", "error");
      seen.add(payload.getString("status"));
      reason = payload.getJsonObject("response");
    }
    if (reason.get("reason") instanceof JsonString given) {
      assertThat(CRASHES).as(as).doesNotContain(given.getString());
      seen.add(given.getString());
    }
    return answer;
  }
}
