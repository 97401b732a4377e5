package org.rollcall.identity;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The one way to write a token: three parts in base64url (RFC 7515, sections 2 and 7.1).
 *
 * <p>jose4j 0.9 leaves out what is not of the alphabet, and nobody reads the bits that a
 * signature's last character has too many: a token would have many spellings.
 */
final class Spelling {
  private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");

  /** Header and claims may be read before the signature is verified: a long number is slow. */
  private static final int LONGEST_HEADER = 16_384;

  /** As many characters as the longest message may have. */
  private static final int LONGEST = 65_536;

  private Spelling() {}

  /** Tells whether a token is written so. What it says may still be wrong. */
  static boolean isRight(String token) {
    boolean tooLong = token.length() > LONGEST || token.indexOf('.') > LONGEST_HEADER;
    if (tooLong || !COMPACT.matcher(token).matches()) {
      return false;
    }
    String signature = token.substring(token.lastIndexOf('.') + 1);
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(signature);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
