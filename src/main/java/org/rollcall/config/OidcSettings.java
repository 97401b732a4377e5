package org.rollcall.config;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The OpenID Connect issuer whose tokens are accepted.
 *
 * @param issuer its identifier, to the letter as it stands in its tokens
 * @param audience whom its tokens have to be meant for
 * @param client as whom Rollcall logs users in, if it does
 * @param claims where its tokens say what
 */
public record OidcSettings(String issuer, String audience, Optional<Client> client, Claims claims) {
  private static final String ISSUER = "rollcall.oidc.issuer";
  private static final String AUDIENCE = "rollcall.oidc.audience";
  private static final String CLIENT_ID = "rollcall.oidc.client-id";
  private static final String CLIENT_SECRET = "rollcall.oidc.client-secret";

  /**
   * Rollcall, as the issuer knows it.
   *
   * @param id the client's id
   * @param secret its secret; empty for a public client
   */
  public record Client(String id, Optional<ClusterSettings.Secret> secret) {}

  /**
   * The names of claims. The names for name and groups may be paths with dots, such as {@code
   * realm_access.roles}; a claim whose whole name is the text comes first.
   *
   * @param user the user's id in the social network
   * @param name what others call the user
   * @param groups the user's groups
   */
  public record Claims(String user, String name, String groups) {}

  static Optional<OidcSettings> read(SettingSource settingSource) {
    Optional<String> issuer = settingSource.text(ISSUER);
    settingSource.check(() -> issuer.ifPresent(OidcSettings::requireAddress));
    Optional<String> id = settingSource.text(CLIENT_ID);
    Optional<ClusterSettings.Secret> secret =
        settingSource.text(CLIENT_SECRET).map(ClusterSettings.Secret::new);
    if (issuer.isEmpty()) {
      settingSource.check(() -> refuseAlone(settingSource));
      return Optional.empty();
    }
    Optional<String> audience = settingSource.text(AUDIENCE).or(() -> id);
    settingSource.check(() -> requireClient(audience, id, secret));
    return Optional.of(
        new OidcSettings(
            issuer.get(),
            audience.orElse(""),
            id.map(client -> new Client(client, secret)),
            new Claims(
                settingSource.text("rollcall.oidc.claim.user", "sub"),
                settingSource.text("rollcall.oidc.claim.name", "name"),
                settingSource.text("rollcall.oidc.claim.groups", "groups"))));
  }

  private static void requireClient(
      Optional<String> audience, Optional<String> id, Optional<ClusterSettings.Secret> secret) {
    if (id.isEmpty() && secret.isPresent()) {
      throw new WrongSetting(CLIENT_ID, "the client whose secret is set", "nothing");
    }
    if (audience.isEmpty()) {
      throw new WrongSetting(
          AUDIENCE, "the audience of the issuer's tokens, or " + CLIENT_ID, "nothing");
    }
  }

  private static void refuseAlone(SettingSource settingSource) {
    Stream.of(AUDIENCE, CLIENT_ID, CLIENT_SECRET)
        .filter(name -> settingSource.text(name).isPresent())
        .findFirst()
        .ifPresent(
            name -> {
              throw new WrongSetting(ISSUER, "an issuer, as " + name + " is set", "nothing");
            });
  }

  private static void requireAddress(String text) {
    try {
      URI address = URI.create(text);
      boolean bare = address.getRawQuery() == null && address.getRawFragment() == null;
      if (bare && address.getHost() != null && isSafe(address)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the sentence
    }
    throw new WrongSetting(ISSUER, "an https address (http on loopback only)", text);
  }

  /** Returns whether nobody on the way can change what is read from an address. */
  public static boolean isSafe(URI address) {
    String host = address.getHost();
    return "https".equals(address.getScheme())
        || ("http".equals(address.getScheme())
            && host != null
            && (host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d+){3}")));
  }

  /** Returns where the issuer describes itself (OpenID Connect Discovery 1.0, section 4). */
  public URI discovery() {
    return URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
  }
}
