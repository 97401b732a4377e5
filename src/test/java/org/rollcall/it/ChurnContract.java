package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.PhoenixClient.Joined;
import org.rollcall.testing.PresenceView;
import org.rollcall.testing.TestToken;

/** The presence that is left when many clients come and go at once. */
interface ChurnContract extends Deployed {
  private static boolean shows(PhoenixClient client, PresenceView view, Set<String> keys) {
    Optional<Frame> frame = client.nextWithin(Duration.ZERO);
    while (frame.isPresent()) {
      view.apply(frame.get());
      frame = client.nextWithin(Duration.ZERO);
    }
    return view.refs().keySet().equals(keys);
  }

  /** Joins, updates and leaves, again and again, and stays in the end. */
  private PhoenixClient churn(String room, int number) {
    PhoenixClient client = site().connect(TestToken.of("ch-" + number));
    for (int i = 0; i < 25; i++) {
      Joined channel = client.askToJoin(room, "{\"meta\":{\"n\":" + i + "}}");
      client.push(channel, "update", "{\"u\":" + i + "}");
      if (i % 3 > 0) {
        client.push(channel, "phx_leave", "{}");
      }
    }
    client.askToJoin(room, "{}");
    client.heartbeatAmongOthers();
    return client;
  }

  @Test
  default void everyoneWhoStayedIsShownOnceAndNobodyElse() {
    String room = "room:churn";
    try (PhoenixClient early = site().connect(TestToken.of("ch-early"));
        PhoenixClient late = site().connect(TestToken.of("ch-late"))) {
      early.join(room);
      List<PhoenixClient> clients =
          IntStream.range(0, 8).parallel().mapToObj(n -> churn(room, n)).toList();
      late.join(room);
      Set<String> keys =
          Set.of(
              "ch-early",
              "ch-late",
              "ch-0",
              "ch-1",
              "ch-2",
              "ch-3",
              "ch-4",
              "ch-5",
              "ch-6",
              "ch-7");
      PresenceView earlyView = new PresenceView();
      PresenceView lateView = new PresenceView();
      Await.until("all are shown early", () -> shows(early, earlyView, keys));
      Await.until("all are shown late", () -> shows(late, lateView, keys));
      Await.until(
          "both show the same",
          () ->
              shows(early, earlyView, keys)
                  && shows(late, lateView, keys)
                  && earlyView.refs().equals(lateView.refs()));
      assertThat(earlyView.refs()).allSatisfy((key, refs) -> assertThat(refs).hasSize(1));

      clients.forEach(PhoenixClient::disconnect);
      late.disconnect();
      Await.until("nobody else is left", () -> shows(early, earlyView, Set.of("ch-early")));
    }
  }

  /** Comes, updates and goes on the user's own channel, again and again, and stays in the end. */
  private PhoenixClient comeAndGo(String user, Set<String> watchers) {
    PhoenixClient client =
        site().connect(TestToken.of(user).seeing(watchers.toArray(String[]::new)));
    for (int i = 0; i < 25; i++) {
      Joined channel = client.askToJoin("user:" + user, "{\"meta\":{\"n\":" + i + "}}");
      client.push(channel, "update", "{\"u\":" + i + "}");
      if (i % 3 > 0) {
        client.push(channel, "phx_leave", "{}");
      }
    }
    client.askToJoin("user:" + user, "{}");
    client.heartbeatAmongOthers();
    return client;
  }

  @Test
  default void aViewerWhoseDiffsAreMergedSeesWhatOthersSee() {
    Set<String> friends =
        IntStream.range(0, 8).mapToObj(n -> "cg-" + n).collect(Collectors.toSet());
    Set<String> viewers = Set.of("cg-merged", "cg-each");
    try (PhoenixClient merged =
            site().connect(TestToken.of("cg-merged").seeing(friends.toArray(String[]::new)));
        PhoenixClient each =
            site().connect(TestToken.of("cg-each").seeing(friends.toArray(String[]::new)))) {
      merged.askToJoin("user:cg-merged", "{\"diffs\":\"channel\"}");
      each.askToJoin("user:cg-each", "{}");
      List<PhoenixClient> clients =
          friends.stream().parallel().map(friend -> comeAndGo(friend, viewers)).toList();
      PresenceView mergedView = new PresenceView();
      PresenceView eachView = new PresenceView();
      Await.until(
          "both show the same friends",
          () ->
              shows(merged, mergedView, with(friends, "cg-merged"))
                  && shows(each, eachView, with(friends, "cg-each"))
                  && of(friends, mergedView).equals(of(friends, eachView)));
      assertThat(mergedView.refs()).allSatisfy((key, refs) -> assertThat(refs).hasSize(1));

      clients.forEach(PhoenixClient::disconnect);
      Await.until("no friend is left", () -> shows(merged, mergedView, Set.of("cg-merged")));
    }
  }

  private static Map<String, Set<String>> of(Set<String> friends, PresenceView view) {
    Map<String, Set<String>> refs = new TreeMap<>(view.refs());
    refs.keySet().retainAll(friends);
    return refs;
  }

  private static Set<String> with(Set<String> friends, String self) {
    return Stream.concat(friends.stream(), Stream.of(self)).collect(Collectors.toSet());
  }
}
