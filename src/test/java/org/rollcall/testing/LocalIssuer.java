package org.rollcall.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * An OpenID Connect issuer: its description, its keys, and tokens signed with them. It asks nobody
 * for a password: a test says who has logged in.
 */
public final class LocalIssuer implements AutoCloseable {
  /** Whom its tokens are meant for. */
  public static final String AUDIENCE = "rollcall";

  private final HttpServer server;
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicInteger keys = new AtomicInteger();
  private volatile PublicJsonWebKey key;
  private volatile boolean silent;
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
  private volatile String describedAs;
  private volatile Map<String, Object> loggedIn = Map.of();

  /** Starts on a free port. */
  public LocalIssuer() {
    this(0);
  }

  /** Starts on a port. */
  public LocalIssuer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    describedAs = address();
    key = newKey();
  }

  private PublicJsonWebKey newKey() {
    try {
      PublicJsonWebKey made = RsaJwkGenerator.generateJwk(2048);
      made.setKeyId("key-" + keys.incrementAndGet());
      made.setUse("sig");
      return made;
    } catch (JoseException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }

  /** Returns the setting {@code rollcall.oidc.issuer}. */
  public String address() {
    return "http://127.0.0.1:" + port();
  }

  /** Returns its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns how often it was asked for its keys. */
  public int questions() {
    return questions.get();
  }

  /** Forgets its key and signs with a new one. */
  public void rotate() {
    key = newKey();
  }

  /** Signs with a certain key. */
  public void rotate(PublicJsonWebKey other) {
    key = other;
  }

  /** Returns its key. */
  public PublicJsonWebKey key() {
    return key;
  }

  /** Answers with 503, or stops doing so. */
  public void silence(boolean on) {
    silent = on;
  }

  /** Answers nothing until it is told to go on. */
  public void hold(boolean on) {
    gate.complete(null);
    if (on) {
      gate = new CompletableFuture<>();
    }
  }

  /** Describes itself as another issuer. */
  public void describeAs(String other) {
    describedAs = other;
  }

  private void answer(HttpExchange exchange) throws IOException {
    gate.join();
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/.well-known/openid-configuration" ->
            FriendsApi.send(exchange, silent ? 503 : 200, JsonUtil.toJson(description()));
        case "/keys" -> {
          questions.incrementAndGet();
          String set = new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
          FriendsApi.send(exchange, silent ? 503 : 200, set);
        }
        case "/token" ->
            FriendsApi.send(
                exchange,
                silent ? 503 : loggedIn.isEmpty() ? 400 : 200,
                silent ? "" : JsonUtil.toJson(loggedIn));
        default -> FriendsApi.send(exchange, 404, "{}");
      }
    }
  }

  private Map<String, Object> description() {
    return Map.of(
        "issuer",
        describedAs,
        "jwks_uri",
        address() + "/keys",
        "authorization_endpoint",
        address() + "/authorize",
        "token_endpoint",
        address() + "/token");
  }

  /** Logs the next visitor in as the user in the claims of an ID token. */
  public void logIn(Map<String, Object> claims) {
    String token = sign(claims, "RS256");
    loggedIn =
        Map.of("id_token", token, "access_token", token, "token_type", "Bearer", "expires_in", 300);
  }

  /** Returns the claims of a good token of a user. */
  public Map<String, Object> claims(String user) {
    long now = System.currentTimeMillis() / 1000;
    return new TreeMap<>(
        Map.of(
            "iss",
            address(),
            "aud",
            AUDIENCE,
            "sub",
            user,
            "iat",
            now - 60,
            "exp",
            now + 300,
            "sid",
            "session-of-" + user));
  }

  /** Returns the claims of a good logout token that names nobody yet. */
  public Map<String, Object> logoutClaims() {
    Map<String, Object> claims = claims("");
    claims.remove("sub");
    claims.remove("sid");
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    return claims;
  }

  /** Returns a good token of a user. */
  public String token(String user) {
    return sign(claims(user), "RS256");
  }

  /** Signs claims with the key. */
  public String sign(Map<String, Object> claims, String algorithm) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(JsonUtil.toJson(claims));
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(algorithm);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalArgumentException(algorithm, e);
    }
  }

  @Override
  public void close() {
    hold(false);
    server.stop(0);
  }
}
