package org.rollcall.identity.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.lang.JoseException;

/**
 * The header of a compact token (RFC 7515, section 4), which decides who verifies the token. The
 * header is not verified yet.
 *
 * @param algorithm the algorithm that the token names
 * @param type the type that the token names; empty if it names none
 * @param isPlain whether it has no other parameters than algorithm, type and key
 */
record TokenHeader(String algorithm, Optional<String> type, boolean isPlain) {
  private static final Set<String> PLAIN =
      Set.of(
          HeaderParameterNames.ALGORITHM, HeaderParameterNames.TYPE, HeaderParameterNames.KEY_ID);

  /** Reads the header of a token; empty if it has no three parts, or names no algorithm. */
  static Optional<TokenHeader> of(String token) {
    int end = token.indexOf('.');
    if (end < 0 || token.indexOf('.', end + 1) < 0) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(0, end));
      Map<String, Object> header = JsonUtil.parseJson(new String(bytes, StandardCharsets.UTF_8));
      return text(header, HeaderParameterNames.ALGORITHM)
          .map(
              algorithm ->
                  new TokenHeader(
                      algorithm,
                      text(header, HeaderParameterNames.TYPE),
                      PLAIN.containsAll(header.keySet())));
    } catch (JoseException | IllegalArgumentException noHeader) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Map<String, Object> header, String name) {
    return header.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Returns whether a shared secret signs the token. */
  boolean isOfSecret() {
    return algorithm.startsWith("HS");
  }

  /** Returns whether HS256 over header and claims is all that there is to the signature. */
  boolean isPlainHs256() {
    return isPlain && algorithm.equals(AlgorithmIdentifiers.HMAC_SHA256);
  }
}
