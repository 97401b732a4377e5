package org.rollcall.transport;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often handshakes were refused since the start, tokens aside. Safe for many threads; no call
 * blocks.
 */
public final class HandshakeRefusals {
  private HandshakeRefusals() {}

  /** Returns a number for each reason, of which there are a few. */
  public static Map<String, LongSupplier> byReason() {
    return HandshakeFault.counts();
  }
}
