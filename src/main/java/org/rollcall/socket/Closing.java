package org.rollcall.socket;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.concurrent.Scheduler;

/**
 * The end of a connection. Its TCP connection may outlive its socket, with all frames that wait for
 * the client, for as long as the client neither reads nor closes it. So the TCP connection is ended
 * some seconds after the socket, and keeps its permit until it is over.
 *
 * <p>Safe for many threads; no call blocks.
 */
final class Closing {
  /** How long a client has to read the close frame. */
  static final Duration TIME = Duration.ofSeconds(5);

  private final AtomicReference<@Nullable Transport> transport;
  private final ConnectionPermit permit;

  /** Creates the end of an open connection, which has not begun. */
  Closing(Transport transport, ConnectionPermit permit) {
    this.transport = new AtomicReference<>(transport);
    this.permit = permit;
    transport.whenOver(this::over);
  }

  /** Begins with the end of the socket. */
  void begin(Scheduler scheduler) {
    if (transport.get() != null) {
      scheduler.run(this::end, TIME);
    }
  }

  private void end() {
    @Nullable Transport left = transport.get();
    if (left != null) {
      left.abort();
    }
    over();
  }

  private void over() {
    // The timer keeps this for as long as it runs, and no more of the connection.
    transport.set(null);
    permit.free();
  }
}
