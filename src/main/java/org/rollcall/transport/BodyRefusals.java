package org.rollcall.transport;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often requests were refused for their bodies since the start. Safe for many threads; no call
 * blocks.
 */
public final class BodyRefusals {
  private BodyRefusals() {}

  /** Returns a number for each reason, of which there are a few. */
  public static Map<String, LongSupplier> byReason() {
    return BodyFault.counts();
  }
}
