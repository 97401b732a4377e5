package org.rollcall.identity;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.oidc.IssuerKeys;
import org.rollcall.identity.oidc.IssuerTokenVerifier;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.ManualExecutor;

/** An issuer whose tokens are accepted, with known keys and a clock that a test moves. */
public final class TrustedIssuer implements AutoCloseable {
  private final LocalIssuer issuer = new LocalIssuer();
  private final ManualExecutor background = new ManualExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private final IssuerKeys keys = new IssuerKeys(settings("groups"), background, nanos::get);
  private final TokenVerifier verifier = new IssuerTokenVerifier(settings("groups"), keys);

  public TrustedIssuer() {
    pass(Duration.ZERO);
  }

  public OidcSettings settings(String groups) {
    return settings(groups, "sub", "name");
  }

  public OidcSettings settings(String groups, String user, String name) {
    Map<String, String> texts =
        Map.of(
            "rollcall.oidc.issuer",
            issuer.address(),
            "rollcall.oidc.audience",
            LocalIssuer.AUDIENCE,
            "rollcall.oidc.claim.groups",
            groups,
            "rollcall.oidc.claim.user",
            user,
            "rollcall.oidc.claim.name",
            name);
    return Settings.read(setting -> Optional.ofNullable(texts.get(setting)))
        .tokens()
        .oidc()
        .orElseThrow();
  }

  /** Lets time pass, and what is then done in the background be done. */
  public void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    keys.tick();
    background.runAll();
  }

  public LocalIssuer issuer() {
    return issuer;
  }

  public ManualExecutor background() {
    return background;
  }

  public AtomicLong nanos() {
    return nanos;
  }

  public IssuerKeys keys() {
    return keys;
  }

  public TokenVerifier verifier() {
    return verifier;
  }

  @Override
  public void close() {
    issuer.close();
  }
}
