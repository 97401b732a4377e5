package org.rollcall.presence;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes refs that no other node and no earlier run makes: 96 random bits as 16 characters. */
public final class Ref {
  private static final int BYTES = 12;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private Ref() {}

  /** Returns a new ref. Safe for many threads. */
  public static String next() {
    byte[] bits = new byte[BYTES];
    RANDOM.nextBytes(bits);
    return TEXT.encodeToString(bits);
  }
}
