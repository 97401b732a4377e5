package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.FriendsUnavailable;
import org.rollcall.identity.User;
import org.rollcall.presence.Topic;
import org.rollcall.social.friends.FriendProvider;
import org.rollcall.testing.Await;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LocalPeer;

/**
 * Any messages in any order, while the source of friends answers when it likes: each is answered as
 * if the source had answered at once.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JoinWalkTest {
  private static final int WALKS = 60;
  private static final int STEPS = 40;
  private static final List<String> TOPICS = List.of("user:ada", "room:1", "count:1");

  private static final class SlowFriends implements FriendProvider {
    final Semaphore answers = new Semaphore(0);
    volatile boolean failing;

    @Override
    public Set<String> friends(User user) throws FriendsUnavailable {
      answers.acquireUninterruptibly();
      if (failing) {
        throw new FriendsUnavailable("expected by the test", null);
      }
      return Set.of("bob");
    }
  }

  /** What Phoenix answers on one topic: one message after the other. */
  private final class Model {
    private final String topic;
    private final List<String> answers = new ArrayList<>();
    private @Nullable String joined;

    Model(String topic) {
      this.topic = topic;
    }

    private void reply(@Nullable String joinRef, int ref, String payload) {
      answers.add("[%s,\"%d\",\"%s\",\"phx_reply\",%s]".formatted(joinRef, ref, topic, payload));
    }

    private void close(String joinRef) {
      answers.add("[%s,%s,\"%s\",\"phx_close\",{}]".formatted(joinRef, joinRef, topic));
    }

    private static String error(String response) {
      return "{\"status\":\"error\",\"response\":{" + response + "}}";
    }

    void take(@Nullable String joinRef, int ref, String event) {
      @Nullable String current = joined;
      boolean stale = current != null && joinRef != null && !joinRef.equals(current);
      if (event.equals("phx_join")) {
        boolean fails = friends.failing && topic.startsWith("user");
        reply(joinRef, ref, fails ? error("\"reason\":\"friends unavailable\"") : OK);
        if (current != null) {
          close(current);
        }
        joined = fails ? null : joinRef;
      } else if (stale) {
        return;
      } else if (event.equals("phx_leave")) {
        reply(current == null ? joinRef : current, ref, OK);
        if (current != null) {
          close(current);
          joined = null;
        }
      } else if (current == null) {
        reply(null, ref, error("\"reason\":\"unmatched topic\""));
      } else if (event.equals("update") && !topic.startsWith("count")) {
        reply(current, ref, OK);
      } else {
        reply(current, ref, error("\"reason\":\"unknown event\""));
      }
    }
  }

  private static final String OK = "{\"status\":\"ok\",\"response\":{}}";

  private final SlowFriends friends = new SlowFriends();
  private final LocalNode node =
      LocalNode.start(
          Map.of("rollcall.limits.joins", "100000", "rollcall.limits.events", "100000"), friends);

  @AfterEach
  void stop() {
    friends.answers.release(100_000);
    node.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyMessageIsAnsweredInTurn(boolean failing) {
    friends.failing = failing;
    for (int seed = 0; seed < WALKS; seed++) {
      walk(new Random(seed), "walk " + seed);
    }
  }

  private void walk(Random random, String name) {
    LocalPeer ada = node.connect("2.0.0", Optional.of("ada"), List.of());
    Map<String, Model> models = new HashMap<>();
    List<String> events = List.of("phx_join", "phx_leave", "update", "update", "shout");
    @Nullable String latest = null;
    for (int ref = 1; ref <= STEPS; ref++) {
      if (random.nextInt(4) == 0) {
        friends.answers.release();
      }
      String topic = TOPICS.get(Math.max(0, random.nextInt(5) - 2));
      String event = events.get(random.nextInt(events.size()));
      @Nullable String joinRef = latest;
      if (event.equals("phx_join")) {
        joinRef = "\"" + (1000 + ref) + "\"";
        latest = joinRef;
      } else if (random.nextInt(3) == 0) {
        joinRef = null;
      }
      ada.send(
          "[%s,\"%d\",\"%s\",\"%s\",{\"n\":%d}]"
              .formatted(joinRef, ref, topic, event, random.nextInt(3)));
      models.computeIfAbsent(topic, Model::new).take(joinRef, ref, event);
    }
    friends.answers.release(STEPS);
    int expected = models.values().stream().mapToInt(model -> model.answers.size()).sum();
    List<String> got = new ArrayList<>();
    while (got.size() < expected) {
      String frame = ada.next();
      if (!frame.contains("\"presence_")) {
        got.add(
            frame
                .replaceAll("\"phx_ref\":\"[^\"]*\"", "")
                .replaceAll(",\"detail\":\"[^\"]*\"", ""));
      }
    }
    models.forEach(
        (topic, model) ->
            assertThat(got.stream().filter(frame -> frame.contains("\"" + topic + "\"")))
                .as(name + " " + topic)
                .isEqualTo(model.answers));
    assertThat(ada.drain()).as(name).noneMatch(frame -> frame.contains("phx_reply"));
    ada.close();
    Await.until(
        () ->
            assertThat(node.node().tracker().list(Topic.ofUser("ada")).metas()).as(name).isEmpty());
    friends.answers.drainPermits();
  }
}
