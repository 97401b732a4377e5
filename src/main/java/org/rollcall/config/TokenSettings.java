package org.rollcall.config;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The tokens that are accepted, and whether anonymous clients are.
 *
 * @param secret the key of HS256 tokens, 32 bytes or more, if there are any such tokens
 * @param audience what such a token's claim {@code aud} has to name, if anything
 * @param anonymous whether a socket may connect without a token
 * @param oidc the issuer whose tokens are accepted too, if there is one
 */
public record TokenSettings(
    Optional<String> secret,
    Optional<String> audience,
    boolean anonymous,
    Optional<OidcSettings> oidc) {
  private static final String AUDIENCE = "rollcall.token.audience";
  private static final String SECRET = "rollcall.token.secret";
  private static final int LEAST = 32;

  static TokenSettings read(SettingSource settingSource) {
    Optional<String> secret = settingSource.text(SECRET);
    Optional<String> audience = settingSource.text(AUDIENCE);
    settingSource.check(() -> requireKey(secret, audience));
    return new TokenSettings(
        secret,
        audience,
        settingSource.flag("rollcall.anonymous", true),
        OidcSettings.read(settingSource));
  }

  private static void requireKey(Optional<String> secret, Optional<String> audience) {
    int bytes = secret.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(LEAST);
    if (bytes < LEAST) {
      throw new WrongSetting(SECRET, "a key of " + LEAST + " bytes or more", bytes + " bytes");
    }
    if (audience.isPresent() && secret.isEmpty()) {
      throw new WrongSetting(SECRET, "a key, as " + AUDIENCE + " is set", "nothing");
    }
  }

  /** Returns whether no token from outside can be valid. */
  public boolean areNone() {
    return secret.isEmpty() && oidc.isEmpty();
  }

  @Override
  public String toString() {
    return "TokenSettings[secret=" + (secret.isPresent() ? "set" : "none") + ", oidc=" + oidc + "]";
  }
}
