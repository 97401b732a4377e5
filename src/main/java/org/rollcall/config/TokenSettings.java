package org.rollcall.config;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Who may connect.
 *
 * @param secret the key of HS256 tokens, 32 bytes or more, if there are any such tokens
 * @param anonymous whether a socket may connect without a token
 */
public record TokenSettings(Optional<String> secret, boolean anonymous) {
  private static final String SECRET = "rollcall.token.secret";
  private static final int LEAST = 32;

  /** The setting that turns the demo on. */
  static final String DEMO = "rollcall.demo";

  static TokenSettings read(Source source) {
    Optional<String> secret = source.text(SECRET).or(() -> demoSecret(source));
    int bytes = secret.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(LEAST);
    if (bytes < LEAST) {
      throw new WrongSetting(SECRET, "a key of " + LEAST + " bytes or more", bytes + " bytes");
    }
    return new TokenSettings(secret, source.flag("rollcall.anonymous", true));
  }

  /** The demo signs tokens; without a key of the operator's it has one for this run. */
  private static Optional<String> demoSecret(Source source) {
    if (!source.flag(DEMO, false)) {
      return Optional.empty();
    }
    byte[] key = new byte[LEAST];
    new SecureRandom().nextBytes(key);
    return Optional.of(Base64.getEncoder().encodeToString(key));
  }

  @Override
  public String toString() {
    return "TokenSettings[secret=" + (secret.isPresent() ? "set" : "none") + "]";
  }
}
