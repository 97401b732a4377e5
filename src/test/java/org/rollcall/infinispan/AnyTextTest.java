package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.identity.TextRules;
import org.rollcall.identity.UserId;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.RulesUnavailable;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/**
 * Texts of all of Unicode, and texts that are invalid: a text that one node accepts, the other has
 * to the letter.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnyTextTest {
  private static final long SEED = Long.getLong("rollcall.seed", 1);
  private static final int TEXTS = 500;
  private static final int LONGEST = 6;

  private final Random random = new Random(SEED);
  private final ClusterFixture clusterFixture =
      new ClusterFixture(
          Map.of(
              "rollcall.limits.joins", "10000",
              "rollcall.limits.channels", "10000"));
  private final LocalNode one = clusterFixture.start();
  private final LocalNode two = clusterFixture.start();

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  /** Returns characters of every kind: half surrogates and pairs of them among the others. */
  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(LONGEST); i >= 0; i--) {
      switch (random.nextInt(16)) {
        case 0 -> text.append((char) (Character.MIN_SURROGATE + random.nextInt(0x800)));
        case 1 -> text.append((char) random.nextInt(0x100));
        case 2, 3, 4 -> text.append((char) ('a' + random.nextInt(26)));
        case 5, 6, 7, 8 -> text.append((char) random.nextInt(0x10000));
        case 9 -> text.append(random.nextBoolean() ? '\u200c' : '\u200d');
        default -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
    }
    return text.toString();
  }

  /** Returns the same, as far as a meta may have it. */
  private String metaText() {
    StringBuilder text = new StringBuilder();
    text()
        .codePoints()
        .filter(c -> c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
    return json.append('"').toString();
  }

  private static boolean joins(LocalPeer peer, String topic, String payload) {
    peer.send("[\"11\",\"1\"," + json(topic) + ",\"phx_join\"," + payload + "]");
    Frame frame = Frame.of(peer.next());
    while (!frame.event().equals("phx_reply")) {
      frame = Frame.of(peer.next());
    }
    assertThat(frame.topic()).isEqualTo(topic);
    if (frame.status().equals("error")) {
      assertThat(frame.reason()).isEqualTo("invalid topic");
    }
    return frame.status().equals("ok");
  }

  private static Map<String, List<Meta>> metas(LocalNode node, String topic) {
    return node.node().tracker().list(new Topic(topic)).metas();
  }

  private void assertSameOnBoth(List<String> topics) {
    for (String topic : topics) {
      Await.until(
          () -> {
            assertThat(metas(one, topic)).as("seed %s, %s", SEED, json(topic)).isNotEmpty();
            assertThat(metas(two, topic))
                .as("seed %s, %s", SEED, json(topic))
                .isEqualTo(metas(one, topic));
          });
    }
  }

  @Test
  void aTopicIsRefusedOrIsTheSameOnTheOtherNodeAndSoIsEveryMeta() {
    LocalPeer ada = one.connect("2.0.0", Optional.of("ada"), List.of());
    List<String> rooms = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < TEXTS; i++) {
      String name = text();
      String meta = "{\"meta\":{" + json(metaText()) + ":" + json(metaText()) + "}}";
      boolean right = TextRules.isName(name);
      assertThat(joins(ada, "room:" + name, meta)).as("seed %s, %s", SEED, i).isEqualTo(right);
      assertThat(joins(ada, "count:" + name, "{}")).as("seed %s, %s", SEED, i).isEqualTo(right);
      if (right) {
        rooms.add("room:" + name);
        counts.put("count:" + name, 1);
      }
    }
    assertThat(rooms).hasSizeBetween(TEXTS / 4, TEXTS * 9 / 10);
    assertSameOnBoth(rooms);
    counts.forEach(
        (topic, users) ->
            Await.until(
                () ->
                    assertThat(two.node().counts().count(new Topic(topic)).users())
                        .as("seed %s, %s", SEED, json(topic))
                        .isEqualTo(users)));
    ada.close();
    rooms.forEach(topic -> Await.until(() -> assertThat(metas(two, topic)).isEmpty()));
  }

  @Test
  void aValidUserIdIsTheSameUserOnTheOtherNode() throws RulesUnavailable {
    List<String> topics = new ArrayList<>();
    while (topics.size() < TEXTS / 5) {
      String id = text();
      if (UserId.isValid(id)) {
        LocalPeer peer = one.connect("2.0.0", Optional.of(id), List.of());
        assertThat(joins(peer, "user:" + id, "{}")).isTrue();
        topics.add("user_presence:" + id);
        one.node()
            .visibility()
            .rules()
            .make(VisibilityRule.apart(id, "ada"), VisibilityRules.FOREVER);
        assertThat(two.node().visibility().rules().apartFrom(id)).containsExactly("ada");
      }
    }
    assertSameOnBoth(topics);
  }
}
