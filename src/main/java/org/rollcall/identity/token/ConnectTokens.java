package org.rollcall.identity.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;

/**
 * Tokens that Rollcall itself gives to a known user, with which a socket can connect for a minute.
 * They are good for nothing else, so that one that leaks from an address opens no API. They are of
 * the same log-in as what they were got with, and end with it.
 *
 * <p>HS256, with a key made of {@code rollcall.token.secret}, else of {@code
 * rollcall.cluster.secret}, so that all nodes have the same; else random, and good on this node.
 * The cluster's secret may be short, so each guess at it has to cost as much here as for the
 * encryption between nodes. A token whose {@code exp} is later than {@link #LIFE} from its {@code
 * iat} is refused.
 */
public final class ConnectTokens implements TokenVerifier {
  /** How long a connect token is valid. */
  public static final Duration LIFE = Duration.ofMinutes(1);

  /** How long a bearer token of the demo is valid. */
  public static final Duration DEMO_LIFE = Duration.ofHours(1);

  private static final Logger LOG = System.getLogger(ConnectTokens.class.getName());
  private static final String LABEL = "rollcall connect tokens";
  private static final String DEMO_LABEL = "rollcall demo tokens";

  /** The purpose that a connect token names. */
  static final String CONNECT = "connect";

  private static final int KEY_BYTES = 32;

  private final OwnTokens connect;
  private final OwnTokens demo;

  private ConnectTokens(byte[] secret) {
    this.connect = new OwnTokens(SecretKeys.derive(secret, LABEL), CONNECT, LIFE);
    this.demo = new OwnTokens(SecretKeys.derive(secret, DEMO_LABEL), "demo", DEMO_LIFE);
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
          "Connect tokens are valid only on the node that gave them: set rollcall.token.secret or"
              + " rollcall.cluster.secret");
    }
    return new ConnectTokens(secret.orElseGet(ConnectTokens::random));
  }

  private static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Returns whether a token says that it is one of these. */
  boolean isNamedBy(TokenHeader header) {
    return connect.isNamedBy(header);
  }

  @Override
  public Optional<User> verify(String token) {
    return connect.verify(token);
  }

  /** Gives a user a token. */
  public String mint(User user) {
    return connect.mint(user);
  }

  /** Verifies a bearer token that the demo gave. Called only where the demo is on. */
  public Optional<User> verifyOfDemo(String token) {
    return demo.verify(token);
  }

  /** Gives a user a bearer token for the API. Called only where the demo is on. */
  public String mintForDemo(User user) {
    return demo.mint(user);
  }
}
