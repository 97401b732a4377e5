package org.rollcall.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A compact JWT as a social network's back end mints it, right unless a test wants it wrong. */
public final class TestToken {
  /** The key that deployments of the tests accept. */
  public static final String SECRET = "a secret of the integration tests only";

  /** The group of administrators. */
  public static final String ADMIN = "rollcall-admin";

  private final JsonObject claims;

  private TestToken(JsonObject claims) {
    this.claims = claims;
  }

  /** Begins a token of a user, valid for ten minutes. */
  public static TestToken of(String user) {
    return new TestToken(Json.createObjectBuilder().add("sub", user).build())
        .endingIn(Duration.ofMinutes(10));
  }

  /** Names whom the user may see. */
  public TestToken seeing(String... friends) {
    return with("friends", Arrays.asList(friends));
  }

  /** Puts the user into a group. */
  public TestToken in(String group) {
    return with("groups", List.of(group));
  }

  /** Sets the end, which may be past. */
  public TestToken endingIn(Duration life) {
    long end = Instant.now().plus(life).getEpochSecond();
    return new TestToken(Json.createObjectBuilder(claims).add("exp", end).build());
  }

  /** Leaves a claim out. */
  public TestToken without(String claim) {
    return new TestToken(Json.createObjectBuilder(claims).remove(claim).build());
  }

  /** Adds a claim, whose value is given as JSON. */
  public TestToken with(String claim, String json) {
    JsonValue value = Json.createReader(new StringReader(json)).readValue();
    return new TestToken(Json.createObjectBuilder(claims).add(claim, value).build());
  }

  private TestToken with(String claim, List<String> values) {
    JsonObjectBuilder more = Json.createObjectBuilder(claims);
    return new TestToken(more.add(claim, Json.createArrayBuilder(values)).build());
  }

  /** Returns the token, signed with the tests' key. */
  public String text() {
    return signedWith(SECRET);
  }

  /** Returns the token, signed with any key. */
  public String signedWith(String secret) {
    return signed("" + claims, secret);
  }

  /** Returns any text, signed as claims with the tests' key. */
  public static String signed(String claims) {
    return signed(claims, SECRET);
  }

  private static String signed(String claims, String secret) {
    return signed(claims, secret.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns any text, signed as claims with any key. */
  public static String signed(String claims, byte[] key) {
    return signed("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", claims, key);
  }

  /** Returns any two texts, signed as header and claims with any key. */
  public static String signed(String header, String claims, byte[] key) {
    String signed = encode(header) + "." + encode(claims);
    return signed + "." + encode(mac(key, signed));
  }

  /** Returns the key that a deployment makes of the tests' key for a purpose. */
  public static byte[] key(String purpose) {
    return mac(SECRET.getBytes(StandardCharsets.UTF_8), purpose);
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  /** Returns the token with the algorithm {@code none} and no signature. */
  public String unsigned() {
    return encode("{\"alg\":\"none\"}") + "." + encode("" + claims) + ".";
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
