package org.rollcall.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.presence.GracePeriod;
import org.rollcall.presence.LeaveReason;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.presence.TrackedEntry;
import org.rollcall.presence.Tracker;
import org.rollcall.social.ViewerFilter;
import org.rollcall.testing.Await;
import org.rollcall.testing.Frame;
import org.rollcall.testing.MemoryStore;
import org.rollcall.testing.PresenceView;

/**
 * Users come and go while a feed's topics and viewer's filter change at random; the seed is
 * printed.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ViewerFilterWalkTest {
  private static final int PEOPLE = 12;
  private static final int STEPS = 20_000;

  private final ExecutorService fanOut = Executors.newFixedThreadPool(2);
  private final ExecutorService changes = Executors.newSingleThreadExecutor();
  private final Tracker tracker =
      new Tracker(
          new MemoryStore(),
          Membership.alone("here"),
          GracePeriod.NONE,
          new WorkerThreads(fanOut, Runnable::run, (task, delay) -> {}, InstantSource.system()));

  @AfterEach
  void stop() {
    changes.shutdownNow();
    fanOut.shutdownNow();
  }

  private static String name(int person) {
    return "p" + person;
  }

  /** Everyone comes and goes, on the own topic or in the room, and in the end some are there. */
  private void live(long seed) {
    Random random = new Random(seed);
    Map<String, TrackedEntry> here = new TreeMap<>();
    for (int i = 0; i < STEPS; i++) {
      String key = name(random.nextInt(PEOPLE));
      TrackedEntry entry = here.remove(key);
      if (entry == null) {
        Topic topic = random.nextBoolean() ? Topic.ofUser(key) : new Topic("room:1");
        here.put(key, tracker.track(topic, key, Meta.of(1, ""), () -> true));
      } else if (random.nextInt(4) == 0) {
        entry.update(entry.meta().with("\"n\":" + i));
        here.put(key, entry);
      } else {
        entry.end(LeaveReason.LEFT);
      }
    }
  }

  private static Set<String> some(Random random) {
    Set<String> some = new HashSet<>();
    IntStream.range(0, PEOPLE).filter(i -> random.nextBoolean()).forEach(i -> some.add(name(i)));
    return some;
  }

  private Map<String, Set<String>> truth(Set<Topic> topics, ViewerFilter viewerFilter) {
    Map<String, Set<String>> truth = new TreeMap<>();
    for (Topic topic : topics) {
      tracker
          .list(topic)
          .metas()
          .forEach(
              (key, metas) -> {
                if (viewerFilter.shows(key)) {
                  Set<String> refs = truth.computeIfAbsent(key, any -> new TreeSet<>());
                  metas.forEach(meta -> refs.add(meta.ref()));
                }
              });
    }
    return truth;
  }

  private static Frame frame(String event, String payload) {
    String array = "[null,null,\"t\",\"" + event + "\"," + payload + "]";
    return Frame.of(array);
  }

  @RepeatedTest(5)
  void theClientShowsWhatIsInSightAndNothingElse() throws Exception {
    final long seed = System.nanoTime();
    System.out.println("ViewerFilterWalkTest seed " + seed);
    Random random = new Random(seed);
    PresenceView view = new PresenceView();
    Object lock = new Object();
    PresenceFeed feed =
        new PresenceFeed(
            tracker,
            state -> {
              synchronized (lock) {
                view.apply(frame("presence_state", state));
              }
            },
            diff -> {
              synchronized (lock) {
                view.apply(frame("presence_diff", PresencePayload.diff(diff.changes())));
              }
            });
    Set<Topic> topics = Set.of(new Topic("room:1"));
    ViewerFilter viewerFilter = new ViewerFilter("p0", false, Set.of());
    feed.open(topics, viewerFilter);
    Future<?> living = changes.submit(() -> live(seed));
    do {
      topics = new HashSet<>(Set.of(new Topic("room:1")));
      for (String key : some(random)) {
        topics.add(Topic.ofUser(key));
      }
      viewerFilter = new ViewerFilter("p0", random.nextInt(5) == 0, some(random));
      if (random.nextInt(10) == 0) {
        feed.restate();
      }
      feed.show(topics, viewerFilter);
    } while (!living.isDone());
    living.get();
    Set<Topic> last = topics;
    ViewerFilter shown = viewerFilter;
    Await.until(
        () -> {
          Map<String, Set<String>> truth = truth(last, shown);
          synchronized (lock) {
            assertThat(view.refs()).isEqualTo(truth);
          }
        });
    feed.close();
  }
}
