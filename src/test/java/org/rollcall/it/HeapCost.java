package org.rollcall.it;

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
import java.util.function.Supplier;
import org.rollcall.testing.RawConnection;
import org.rollcall.testing.ServerProcess;

/**
 * Measures how much of the server's live heap hostile connections hold.
 *
 * @param opening opens one of them
 */
record HeapCost(Supplier<RawConnection> opening) {
  private static final Logger LOG = System.getLogger(HeapCost.class.getName());

  /** How often the heap is looked at: the server may still read what was sent. */
  private static final int LOOKS = 4;

  /** How long a client goes on that sends as fast as it can. */
  private static final Duration BUSY = Duration.ofSeconds(5);

  /** Opens connections, and returns how many bytes each holds after it has done its worst. */
  long of(int connections, Consumer<RawConnection> worst) {
    ServerProcess server = ServerProcess.find();
    try (RawConnection warm = opening.get()) {
      attempt(worst, warm);
    }
    long before = server.liveBytes();
    List<RawConnection> open = new ArrayList<>();
    ExecutorService clients = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < connections; i++) {
        open.add(opening.get());
      }
      List<CompletableFuture<Void>> all =
          open.stream()
              .map(one -> CompletableFuture.runAsync(() -> attempt(worst, one), clients))
              .toList();
      long held = 0;
      // A client that does not read may be kept from writing, too.
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

  /** The server may close a connection that goes too far: then the worst is over. */
  static void attempt(Consumer<RawConnection> worst, RawConnection connection) {
    try {
      worst.accept(connection);
    } catch (UncheckedIOException closed) {
      LOG.log(Level.DEBUG, "The server has closed", closed);
    }
  }

  /** Does something again and again, for five seconds. */
  static Consumer<RawConnection> busy(Consumer<RawConnection> some) {
    return connection -> {
      long end = System.nanoTime() + BUSY.toNanos();
      while (System.nanoTime() < end) {
        some.accept(connection);
      }
    };
  }
}
