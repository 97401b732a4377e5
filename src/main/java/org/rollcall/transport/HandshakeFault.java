package org.rollcall.transport;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.rollcall.concurrent.WarningsByReason;

/**
 * Why a handshake is refused, for the log: the client gets a bare status. The faults of tokens are
 * logged where tokens are verified. The page Troubleshooting explains each sentence.
 */
enum HandshakeFault {
  NO_UPGRADE("A request for the socket was answered with 426: "),
  ADDRESS("A WebSocket handshake was answered with 404: "),
  ORIGIN,
  RATE,
  VERSION,
  NO_TOKEN,
  ADDRESS_CONNECTIONS,
  USER_CONNECTIONS;

  private static final WarningsByReason<HandshakeFault> LOG =
      new WarningsByReason<>(
          HandshakeFault.class, System.getLogger(HandshakeFault.class.getName()));

  private final String begin;

  HandshakeFault() {
    this("A handshake was refused with 403: ");
  }

  HandshakeFault(String begin) {
    this.begin = begin;
  }

  /** Returns how often handshakes were refused for each reason. */
  static Map<String, LongSupplier> counts() {
    return LOG.counts();
  }

  /**
   * Logs the fault, unless it was logged a short time ago.
   *
   * @param detail what was found, and what was expected; no id, no address, no token
   */
  void log(Supplier<String> detail) {
    LOG.log(this, () -> begin + detail.get());
  }
}
