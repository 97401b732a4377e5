package org.rollcall.channel;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.presence.Later;

/**
 * The end of a connection: its TCP connection may outlive its socket, with all that waits for the
 * client, for as long as the client neither reads nor goes. So it is ended some seconds after the
 * socket, and keeps its seat until it is over.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class Closing {
  /** How long a client has to take notice that it is closed. */
  static final Duration TIME = Duration.ofSeconds(5);

  private final AtomicReference<@Nullable Wire> wire;
  private final Seat seat;

  /** Takes an open connection. */
  Closing(Wire wire, Seat seat) {
    this.wire = new AtomicReference<>(wire);
    this.seat = seat;
    wire.whenOver(this::over);
  }

  /** Begins with the end of the socket. */
  void begin(Later later) {
    if (wire.get() != null) {
      later.run(this::end, TIME);
    }
  }

  private void end() {
    @Nullable Wire left = wire.get();
    if (left != null) {
      left.abort();
    }
    over();
  }

  private void over() {
    // The timer keeps this for as long as it runs, and no more of the connection.
    wire.set(null);
    seat.free();
  }
}
