package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerProcess;

/**
 * How much of the server's memory a client holds that has said nothing of itself: less than 256 KB
 * of live objects for each connection, whatever it sends and does not read. Each figure is in the
 * test's log.
 */
interface StrangerCostRules extends Deployed {
  Logger LOG = System.getLogger(StrangerCostRules.class.getName());

  /** What a connection may cost at the very most. */
  long MOST = 256 << 10;

  int CONNECTIONS = 60;

  /** How often the heap is looked at: the server may still read what was sent. */
  int LOOKS = 4;

  /** How long a client goes on that sends as fast as it can. */
  Duration BUSY = Duration.ofSeconds(10);

  int TEXT = 0x1;
  int BINARY = 0x2;
  int CONTINUATION = 0x0;
  int PING = 0x89;
  int LAST = 0x80;

  /**
   * Opens connections without a token, and returns how many bytes of the server's heap each holds
   * after it has done its worst.
   */
  default long cost(int connections, Consumer<RawConnection> worst) {
    ServerProcess server = ServerProcess.find();
    try (RawConnection warm = open()) {
      attempt(worst, warm);
    }
    long before = server.liveBytes();
    List<RawConnection> open = new ArrayList<>();
    ExecutorService clients = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < connections; i++) {
        open.add(open());
      }
      List<CompletableFuture<Void>> all =
          open.stream()
              .map(one -> CompletableFuture.runAsync(() -> attempt(worst, one), clients))
              .toList();
      long held = 0;
      // Who does not read may be kept from writing, too.
      long end = System.nanoTime() + BUSY.multipliedBy(2).toNanos();
      do {
        held = Math.max(held, server.liveBytes() - before);
      } while (System.nanoTime() < end && !all.stream().allMatch(CompletableFuture::isDone));
      for (int i = 0; i < LOOKS; i++) {
        held = Math.max(held, server.liveBytes() - before);
      }
      long each = held / connections;
      LOG.log(Level.INFO, "{0} connections hold {1} KB each", connections, each / 1024);
      return each;
    } finally {
      open.forEach(RawConnection::close);
      clients.shutdownNow();
    }
  }

  private RawConnection open() {
    RawConnection connection = RawConnection.to(site());
    assertThat(connection.handshake("vsn=2.0.0").status()).isEqualTo(101);
    return connection;
  }

  /** The server may close whoever goes too far: then the worst is over. */
  private static void attempt(Consumer<RawConnection> worst, RawConnection connection) {
    try {
      worst.accept(connection);
    } catch (UncheckedIOException closed) {
      LOG.log(Level.DEBUG, "The server has closed", closed);
    }
  }

  private static Consumer<RawConnection> busy(Consumer<RawConnection> some) {
    return connection -> {
      long end = System.nanoTime() + BUSY.toNanos();
      while (System.nanoTime() < end) {
        some.accept(connection);
      }
    };
  }

  @Test
  default void aFrameThatIsHugeAndNeverEnds() {
    assertThat(cost(CONNECTIONS, one -> one.sendPart(LAST | TEXT, 4_000_000, 1_000_000)))
        .isLessThan(MOST);
  }

  @Test
  default void aFrameWithinTheLimitThatNeverEnds() {
    assertThat(cost(CONNECTIONS, one -> one.sendPart(LAST | BINARY, 65_000, 64_999)))
        .isLessThan(MOST);
  }

  @Test
  default void aMessageThatNeverEnds() {
    assertThat(cost(CONNECTIONS, one -> one.sendPart(TEXT, 65_000, 65_000))).isLessThan(MOST);
  }

  @Test
  default void aMessageOfManyPartsThatNeverEnds() {
    assertThat(
            cost(
                CONNECTIONS,
                one -> {
                  one.sendPart(TEXT, 0, 0);
                  for (int i = 0; i < 500; i++) {
                    one.sendPart(CONTINUATION, 130, 130);
                  }
                }))
        .isLessThan(MOST);
  }

  @Test
  default void aFrameThatIsTooLongIsClosedAsThatOnEveryServer() {
    for (long length : new long[] {30_000, 100_000, 4_500_000, 10_000_000}) {
      try (RawConnection one = open()) {
        attempt(cut -> cut.sendPart(LAST | BINARY, length, 30_000), one);
        assertThat(one.closeCode()).as("code for %s bytes", length).isEqualTo(1009);
      }
    }
  }

  @Test
  default void pingsWhoseAnswersAreNotRead() {
    assertThat(cost(3, busy(one -> one.sendPart(PING, 125, 125)))).isLessThan(MOST);
  }
}
