package org.rollcall.longpoll;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The tokens of sessions: 192 random bits, which the node that made them keeps in memory. So no
 * other node accepts one, and nobody can guess one. They are in the addresses of requests;
 * Rollcall's log never has them.
 */
final class SessionToken {
  /**
   * The token of a client whose session has ended. phoenix.js up to 1.7 goes on with the token of
   * an answer 410 as if all its channels were joined: with this one it gets the answer to connect
   * again.
   */
  static final String NONE = "lp-none";

  private static final String BEGIN = "lp-";
  private static final int BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SessionToken() {}

  /** Makes a token. */
  static String create() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return BEGIN + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Returns whether a text may be a session's token: a user's token has the same name in an
   * address.
   */
  static boolean isOne(String text) {
    return text.startsWith(BEGIN);
  }
}
