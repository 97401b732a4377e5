package org.rollcall.identity.oidc;

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
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.FilteredVerifier;
import org.rollcall.identity.token.SharedSecretVerifier;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.identity.token.TokenVerifiers;

/**
 * The tokens that a node accepts, and the log-outs that end them.
 *
 * @param verifier the tokens that it accepts
 * @param connect the tokens that it gives
 * @param logouts the log-outs whose tokens it refuses
 * @param issuer the OpenID Connect issuer, if there is one
 */
public record Trust(
    TokenVerifier verifier, ConnectTokens connect, Logouts logouts, Optional<Issuer> issuer) {
  private static final Logger LOG = System.getLogger(Trust.class.getName());

  /**
   * An OpenID Connect issuer.
   *
   * @param keys its keys
   * @param logouts verifies what it tells of log-outs
   */
  public record Issuer(IssuerKeys keys, LogoutTokenVerifier logouts) {}

  /**
   * Creates what the settings say. An issuer is asked for the first time, but not waited for.
   *
   * @param logouts the log-outs whose tokens are refused
   * @param background where the issuer is waited for
   * @param nanos the clock
   */
  public static Trust of(
      Settings settings, Logouts logouts, Executor background, LongSupplier nanos) {
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
    return new Trust(
        new TokenVerifiers(backEnd, issued, connect, logouts),
        connect,
        logouts,
        keys.map(
            known ->
                new Issuer(
                    known,
                    new LogoutTokenVerifier(
                        oidc.orElseThrow(), known, logouts, InstantSource.system()))));
  }

  /** Returns this, but for what some users bring. */
  public Trust less(Predicate<User> refused) {
    return new Trust(new FilteredVerifier(verifier, refused), connect, logouts, issuer);
  }

  /** Has the issuer asked if it is time. Called every second. */
  public void tick() {
    issuer.map(Issuer::keys).ifPresent(IssuerKeys::tick);
  }
}
