package org.rollcall.identity.token;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The one way to write a token: three parts in base64url (RFC 7515, sections 2 and 7.1).
 *
 * <p>jose4j 0.9 leaves out what is not of the alphabet, and nobody reads the bits that a
 * signature's last character has too many: a token would have many spellings.
 *
 * <p>Header and claims are bounded too, in length, in depth and in digits. They are read before the
 * signature is verified, and jose4j's sentences about a claim that is wrong show the claim, which
 * takes a stack as deep as the claim.
 */
public final class CanonicalJwt {
  private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");

  /** Header and claims may be read before the signature is verified: a long number is slow. */
  private static final int LONGEST_HEADER = 16_384;

  /** As many characters as the longest message may have. */
  private static final int LONGEST = 65_536;

  /** Claims of issuers have a few levels. */
  private static final int DEEPEST = 32;

  /** The time to read a number grows with the square of its digits. */
  private static final int LONGEST_NUMBER = 100;

  private CanonicalJwt() {}

  /** Returns whether a token is written so. What it says may still be wrong. */
  public static boolean isRight(String token) {
    boolean tooLong = token.length() > LONGEST || token.indexOf('.') > LONGEST_HEADER;
    if (tooLong || !COMPACT.matcher(token).matches()) {
      return false;
    }
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    String signature = token.substring(last + 1);
    try {
      if (isCostly(token.substring(0, first)) || isCostly(token.substring(first + 1, last))) {
        return false;
      }
      byte[] bytes = Base64.getUrlDecoder().decode(signature);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Returns whether JSON has too many levels, or a number that is too long; texts do not count. */
  private static boolean isCostly(String part) {
    int depth = 0;
    int digits = 0;
    boolean text = false;
    boolean escaped = false;
    for (byte b : Base64.getUrlDecoder().decode(part)) {
      digits = !text && b >= '0' && b <= '9' ? digits + 1 : 0;
      if (text) {
        text = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (b == '"') {
        text = true;
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (b == ']' || b == '}') {
        depth--;
      }
      if (depth > DEEPEST || digits > LONGEST_NUMBER) {
        return true;
      }
    }
    return false;
  }
}
