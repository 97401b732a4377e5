package org.rollcall.transport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Enumeration;
import java.util.Optional;

/**
 * The token that phoenix.js 1.8 and later hide in the subprotocols of a handshake: {@code
 * base64url.bearer.phx.<token>}.
 *
 * <p>Despite its name the token is in the standard alphabet without padding; both alphabets are
 * read.
 */
final class BearerSubprotocol {
  private static final String PREFIX = "base64url.bearer.phx.";

  private BearerSubprotocol() {}

  /**
   * Returns the token.
   *
   * @param headers the values of {@code Sec-WebSocket-Protocol}, each a list with commas
   * @return empty if there is no such subprotocol; the empty token, which is never valid, if what
   *     follows is no base64
   */
  static Optional<String> token(Enumeration<String> headers) {
    while (headers.hasMoreElements()) {
      for (String name : headers.nextElement().split(",", -1)) {
        if (name.strip().startsWith(PREFIX)) {
          return Optional.of(decode(name.strip().substring(PREFIX.length())));
        }
      }
    }
    return Optional.empty();
  }

  private static String decode(String text) {
    try {
      String urlSafe = text.replace('+', '-').replace('/', '_').replace("=", "");
      return new String(Base64.getUrlDecoder().decode(urlSafe), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
