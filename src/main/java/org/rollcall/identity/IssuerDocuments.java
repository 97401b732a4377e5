package org.rollcall.identity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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

/**
 * What an issuer says of itself: OpenID Connect Discovery 1.0 and JSON Web Key Sets (RFC 7517).
 *
 * <p>Reading takes 15 seconds and half a megabyte at most. Redirects are not followed.
 *
 * @param settings the issuer
 */
record IssuerDocuments(OidcSettings settings) {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final long LIMIT_NANOS = Duration.ofSeconds(15).toNanos();
  private static final int LARGEST = 512 * 1024;

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

  private static String read(URI address) throws IOException {
    if (!OidcSettings.isSafe(address)) {
      throw new IOException("expected an https address, but got " + address);
    }
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Accept", "application/json");
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("expected 200 from " + address + ", but got " + status);
      }
      return text(connection.getInputStream());
    } finally {
      connection.disconnect();
    }
  }

  private static String text(InputStream stream) throws IOException {
    long start = System.nanoTime();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try (stream) {
      for (int length = stream.read(part); length >= 0; length = stream.read(part)) {
        body.write(part, 0, length);
        if (body.size() > LARGEST || System.nanoTime() - start > LIMIT_NANOS) {
          throw new IOException(
              "expected a small answer in good time, but got a large or slow one");
        }
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }
}
