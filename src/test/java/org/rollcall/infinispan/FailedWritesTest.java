package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.count.Count;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.social.rules.VisibilityRules;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountWatcher;

/** The log of writes that another node does not answer, by any logger. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FailedWritesTest extends TwoNodeFixture {
  private static final String SECRET = "hedwig";

  private final Logger root = Logger.getLogger("");
  private final Lines lines = new Lines();

  FailedWritesTest() {
    super("PT1H");
  }

  /** Keeps what is logged, as a server would write it. */
  private static final class Lines extends Handler {
    final Queue<String> all = new ConcurrentLinkedQueue<>();

    Lines() {
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord logged) {
      all.add(getFormatter().format(logged));
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @BeforeEach
  void listen() {
    root.addHandler(lines);
  }

  @AfterEach
  void deafen() {
    root.removeHandler(lines);
  }

  private static void failing(ThrowingCallable write) {
    try {
      write.call();
    } catch (Throwable e) {
      assertThat(e).as("a write that another node does not answer").isNotInstanceOf(Error.class);
    }
  }

  @Test
  void noNameOfAUserOrATopicIsLogged() {
    Topic topic = new Topic("room:" + SECRET);
    clusterFixture.hang(two);
    one.node().tracker().track(topic, SECRET, Meta.of(1, "\"a\":\"" + SECRET + "\""), () -> true);
    one.node().counts().enter(new Topic("count:" + SECRET), Count.Kind.USER, new CountWatcher());
    failing(() -> rules(one).make(VisibilityRule.blocked(SECRET), VisibilityRules.FOREVER));
    failing(() -> rules(one).make(VisibilityRule.apart(SECRET, "x"), VisibilityRules.FOREVER));
    Logout logout =
        new Logout(
            Optional.of(SECRET),
            Optional.of(SECRET),
            Optional.of(SECRET),
            Instant.now(),
            "some-id");
    failing(() -> one.node().tokens().logouts().tell(logout).toCompletableFuture().join());
    failing(() -> one.node().messenger().tell(ClusterMessenger.FRIENDS, SECRET));
    for (String cache :
        new String[] {
          CacheConfigurations.ENTRIES,
          CacheConfigurations.COUNTS,
          CacheConfigurations.RULES,
          CacheConfigurations.LOGOUTS
        }) {
      Await.until(() -> assertThat(lines.all).anyMatch(line -> line.contains(cache)));
    }
    assertThat(lines.all).noneMatch(line -> line.contains(SECRET));
  }
}
