package org.rollcall.node;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.IssuerKeys;
import org.rollcall.identity.oidc.IssuerTokenVerifier;
import org.rollcall.identity.oidc.LogoutTokenVerifier;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.FilteredVerifier;
import org.rollcall.identity.token.SharedSecretVerifier;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;

/**
 * Puts together the verification of a node's tokens.
 *
 * @param verifier verifies the tokens that the node accepts
 * @param connect signs connect tokens
 * @param logouts the log-outs whose tokens are refused
 * @param keys the keys of the OpenID Connect issuer, if there is one
 * @param logoutVerifier verifies the issuer's reports of log-outs, if there is an issuer
 */
public record NodeTokens(
    TokenVerifier verifier,
    ConnectTokens connect,
    Logouts logouts,
    Optional<IssuerKeys> keys,
    Optional<LogoutTokenVerifier> logoutVerifier) {
  private static final Logger LOG = System.getLogger(NodeTokens.class.getName());

  /**
   * Creates the verification that the settings describe. Asks an issuer for its keys for the first
   * time, but does not wait for them.
   *
   * @param logouts the log-outs whose tokens are refused
   * @param refused returns whether a user may not connect at all
   * @param background waits for the issuer
   * @param nanos the clock
   */
  static NodeTokens of(
      Settings settings,
      Logouts logouts,
      Predicate<User> refused,
      Executor background,
      LongSupplier nanos) {
    if (settings.tokens().areNone() && !settings.web().demo()) {
      LOG.log(
          Level.WARNING,
          "No token will be accepted: neither rollcall.token.secret nor rollcall.oidc.issuer is"
              + " set");
    }
    ConnectTokens connect = ConnectTokens.of(settings);
    Optional<OidcSettings> oidc = settings.tokens().oidc();
    Optional<IssuerKeys> keys = oidc.map(known -> new IssuerKeys(known, background, nanos));
    keys.ifPresent(IssuerKeys::tick);
    TokenVerifier secret =
        settings
            .tokens()
            .secret()
            .<TokenVerifier>map(key -> new SharedSecretVerifier(key, settings.tokens().audience()))
            .orElse(TokenVerifiers.NONE);
    TokenVerifier backEnd =
        settings.web().demo()
            ? token -> connect.verifyOfDemo(token).or(() -> secret.verify(token))
            : secret;
    TokenVerifier issued =
        keys.<TokenVerifier>map(known -> new IssuerTokenVerifier(oidc.orElseThrow(), known))
            .orElse(TokenVerifiers.NONE);
    return new NodeTokens(
        new FilteredVerifier(new TokenVerifiers(backEnd, issued, connect, logouts), refused),
        connect,
        logouts,
        keys,
        keys.map(
            known ->
                new LogoutTokenVerifier(
                    oidc.orElseThrow(), known, logouts, InstantSource.system())));
  }

  /** Asks the issuer for its keys, in the background, if it is time. Called every second. */
  void tick() {
    keys.ifPresent(IssuerKeys::tick);
  }
}
