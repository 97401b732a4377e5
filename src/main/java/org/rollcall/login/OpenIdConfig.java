package org.rollcall.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;

/** The settings as the expressions of {@link OpenIdLogin} read them. */
@Named("rollcallProvider")
@ApplicationScoped
public class OpenIdConfig {
  @Inject private Settings settings;

  private OidcSettings oidc() {
    return settings.tokens().oidc().orElseThrow();
  }

  /** Returns the issuer. */
  public String getIssuer() {
    return oidc().issuer();
  }

  /** Returns what the issuer calls Rollcall. */
  public String getClientId() {
    return oidc().client().orElseThrow().id();
  }

  /** Returns the secret for it; empty for a public client. */
  public String getClientSecret() {
    return oidc().client().orElseThrow().secret().map(ClusterSettings.Secret::text).orElse("");
  }

  /** Returns the claim that lists the user's groups. */
  public String getGroupsClaim() {
    return oidc().claims().groups();
  }
}
