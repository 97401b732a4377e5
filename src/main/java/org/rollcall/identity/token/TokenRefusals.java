package org.rollcall.identity.token;

import java.util.Map;
import java.util.function.LongSupplier;

/** How often tokens were refused since the start. Safe for many threads; no call blocks. */
public final class TokenRefusals {
  private TokenRefusals() {}

  /** Returns a number for each reason, of which there are a few. */
  public static Map<String, LongSupplier> byReason() {
    return TokenFault.counts();
  }
}
