package org.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.DrippingServer;

/** One deadline for a whole answer, against a server that sends it drop by drop. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpFetcherTest {
  private static final DrippingServer SERVER = new DrippingServer();
  private static final Duration SOON = Duration.ofMillis(300);

  private final HttpFetcher fetcher = new HttpFetcher();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static Set<String> ways() {
    return DrippingServer.ways();
  }

  private byte[] get(String path, Duration timeout, long bytes) throws IOException {
    return fetcher.get(
        URI.create(SERVER.address(path)), Map.of(), new HttpFetcher.Limits(timeout, bytes));
  }

  @Test
  void aWholeAnswerIsReadUpToItsSize() throws Exception {
    assertThat(get("/friends", Duration.ofSeconds(30), 2)).asString().isEqualTo("[]");
    assertThatThrownBy(() -> get("/friends", Duration.ofSeconds(30), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected at most 1 bytes");
  }

  private Throwable failure(HttpFetcher paced) {
    HttpFetcher.Limits limits = new HttpFetcher.Limits(Duration.ofSeconds(30), 65_536);
    return catchThrowable(() -> paced.get(URI.create(SERVER.address("/burst")), Map.of(), limits));
  }

  private static long bursts() {
    return SERVER.connections().stream().filter(asked -> asked.contains("/burst")).count();
  }

  /** The JDK's client keeps a connection on which nine interim answers have come. */
  @Test
  void aServerOfInterimAnswersHoldsFewConnectionsForItIsAskedEverLess() throws Exception {
    AtomicLong now = new AtomicLong();
    HttpFetcher paced = new HttpFetcher(now::get);
    for (int i = 0; i < 16; i++) {
      assertThat(failure(paced)).hasMessageContaining("interim responses");
    }
    assertThat(bursts()).isEqualTo(16);
    long pause = Duration.ofSeconds(1).toNanos();
    for (int i = 0; i < 14; i++) {
      now.addAndGet(pause - 1);
      assertThat(failure(paced)).hasMessageStartingWith("a pause");
      now.addAndGet(1);
      assertThat(failure(paced)).hasMessageContaining("interim responses");
      pause = Math.min(2 * pause, Duration.ofHours(1).toNanos());
    }
    assertThat(bursts()).isEqualTo(30);
    now.addAndGet(pause);
    URI whole = URI.create(SERVER.address("/friends"));
    HttpFetcher.Limits limits = new HttpFetcher.Limits(Duration.ofSeconds(30), 2);
    for (int i = 0; i < 2; i++) {
      assertThat(paced.get(whole, Map.of(), limits)).asString().isEqualTo("[]");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anAnswerWithoutAnEndHoldsNeitherAThreadNorAConnection(String way) {
    long start = System.nanoTime();
    // What an endless trailer or an interim answer stands behind may be taken for the answer.
    Throwable unused = catchThrowable(() -> get("/drip-" + way, SOON, 65_536));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    Await.until(
        () -> assertThat(SERVER.connections()).noneMatch(asked -> asked.contains("/drip-")));
  }
}
