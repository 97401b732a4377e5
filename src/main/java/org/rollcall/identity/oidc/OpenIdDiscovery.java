package org.rollcall.identity.oidc;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.rollcall.config.OidcSettings;
import org.rollcall.http.HttpFetcher;

/**
 * The documents that an issuer publishes: OpenID Connect Discovery 1.0 and JSON Web Key Sets (RFC
 * 7517).
 *
 * <p>Reading takes ten seconds and half a megabyte at most for each of the two. Redirects are not
 * followed.
 *
 * @param settings the issuer
 * @param fetcher reads them
 */
record OpenIdDiscovery(OidcSettings settings, HttpFetcher fetcher) {
  private static final HttpFetcher.Limits LIMITS =
      new HttpFetcher.Limits(Duration.ofSeconds(10), 512 * 1024);
  private static final Map<String, String> ACCEPT = Map.of("Accept", "application/json");

  OpenIdDiscovery(OidcSettings settings) {
    this(settings, new HttpFetcher());
  }

  String issuer() {
    return settings.issuer();
  }

  /** Reads the keys, public ones only; waits for the issuer. */
  List<JsonWebKey> keys() throws IOException, JoseException {
    Map<String, Object> description = JsonUtil.parseJson(read(settings.discovery()));
    if (!settings.issuer().equals(description.get("issuer"))) {
      throw new IOException(
          "expected the description of " + issuer() + ", but got " + description.get("issuer"));
    }
    if (!(description.get("jwks_uri") instanceof String address)) {
      throw new IOException("expected a jwks_uri in the description, but got none");
    }
    List<JsonWebKey> keys =
        new JsonWebKeySet(read(URI.create(address)))
            .getJsonWebKeys().stream().filter(PublicJsonWebKey.class::isInstance).toList();
    if (keys.isEmpty()) {
      throw new IOException("expected public keys at " + address + ", but got none");
    }
    return keys;
  }

  private String read(URI address) throws IOException {
    if (!OidcSettings.isSafe(address)) {
      throw new IOException("expected an https address, but got " + address);
    }
    try {
      return new String(fetcher.get(address, ACCEPT, LIMITS), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IOException("the issuer failed at " + address + ": " + e, e);
    }
  }
}
