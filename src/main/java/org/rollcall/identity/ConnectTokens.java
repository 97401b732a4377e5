package org.rollcall.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;

/**
 * Tokens that Rollcall itself gives to a known user, with which a socket can connect for a minute.
 * They are good for nothing else, so that one that leaks from an address opens no API. They are of
 * the same log-in as what they were got with, and end with it.
 *
 * <p>HS256, with a key made of {@code rollcall.token.secret}, else of {@code
 * rollcall.cluster.secret}, so that all nodes have the same; else random, and good on this node.
 * The cluster's secret may be short, so each guess at it has to cost as much here as at the {@code
 * Seal}. No token is believed for longer than {@link #LIFE}, whatever its {@code exp} says.
 */
public final class ConnectTokens implements Tokens {
  /** How long one is good. */
  public static final Duration LIFE = Duration.ofMinutes(1);

  private static final Logger LOG = System.getLogger(ConnectTokens.class.getName());
  private static final String LABEL = "rollcall connect tokens";
  static final String PURPOSE = "purpose";
  static final String CONNECT = "connect";

  private static final int KEY_BYTES = 32;
  private static final int LEEWAY_SECONDS = 5;

  private final Key key;
  private final JwtConsumer consumer;

  private ConnectTokens(byte[] key) {
    this.key = new HmacKey(key);
    this.consumer =
        new JwtConsumerBuilder()
            .setRequireSubject()
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .setIssuedAtRestrictions(LEEWAY_SECONDS, (int) LIFE.toSeconds() + LEEWAY_SECONDS)
            .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
            .setVerificationKey(this.key)
            .setJwsAlgorithmConstraints(
                new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
            .build();
  }

  /** Creates the signer of a deployment. */
  public static ConnectTokens of(Settings settings) {
    ClusterSettings cluster = settings.node().cluster();
    Optional<byte[]> secret =
        settings
            .tokens()
            .secret()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .or(() -> cluster.secret().map(shared -> SecretKeys.stretch(shared.text())));
    if (secret.isEmpty() && cluster.kind() != ClusterSettings.Kind.LOCAL) {
      LOG.log(
          Level.WARNING,
          "Connect tokens are good on the node that gave them only: set rollcall.token.secret or"
              + " rollcall.cluster.secret");
    }
    return new ConnectTokens(
        secret.map(key -> SecretKeys.derive(key, LABEL)).orElseGet(ConnectTokens::random));
  }

  private static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  @Override
  public Optional<User> verify(String token) {
    try {
      JwtClaims claims = consumer.processToClaims(token);
      return CONNECT.equals(claims.getStringClaimValue(PURPOSE)) && isShort(claims)
          ? UserClaims.CONNECT.user(claims)
          : Optional.empty();
    } catch (InvalidJwtException | MalformedClaimException | DateTimeException e) {
      // The exception's message holds the token.
      LOG.log(Level.DEBUG, "It is no connect token: {0}", e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** Whoever knows the key could make one that is good for years. */
  private static boolean isShort(JwtClaims claims) throws MalformedClaimException {
    long life = claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue();
    return life <= LIFE.toSeconds() + LEEWAY_SECONDS;
  }

  /** Gives a user a token. */
  public String mint(User user) {
    JwtClaims claims = new JwtClaims();
    claims.setSubject(user.id());
    claims.setStringClaim(PURPOSE, CONNECT);
    claims.setIssuedAtToNow();
    NumericDate end = NumericDate.now();
    end.addSeconds(LIFE.toSeconds());
    claims.setExpirationTime(end);
    user.name().ifPresent(name -> claims.setStringClaim("name", name));
    user.session().ifPresent(session -> claims.setStringClaim("sid", session));
    user.subject().ifPresent(subject -> claims.setStringClaim(UserClaims.SUBJECT, subject));
    // The log-in's own moment, by the issuer's clock: what a log-out is compared with.
    user.login().ifPresent(login -> claims.setClaim(UserClaims.LOGIN, login.toEpochMilli()));
    user.grant()
        .authenticated()
        .ifPresent(time -> claims.setClaim(UserClaims.AUTHENTICATED, time.toEpochMilli()));
    user.friends().ifPresent(friends -> claims.setStringListClaim("friends", List.copyOf(friends)));
    if (!user.groups().isEmpty()) {
      claims.setStringListClaim("groups", List.copyOf(user.groups()));
    }
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key);
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setHeader("typ", "JWT");
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("The key of connect tokens cannot sign", e);
    }
  }
}
