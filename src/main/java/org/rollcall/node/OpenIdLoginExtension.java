package org.rollcall.node;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;
import org.rollcall.login.OpenIdGuarded;
import org.rollcall.login.OpenIdLogin;

/**
 * Turns log-in by OpenID Connect on, if the settings name an issuer and a client. An extension,
 * because Jakarta Security looks for declarations while the container discovers beans.
 */
public class OpenIdLoginExtension implements Extension {
  private boolean on;

  /** Adds the declaration. */
  void add(@Observes BeforeBeanDiscovery event) {
    try {
      if (Settings.read().tokens().oidc().flatMap(OidcSettings::client).isPresent()) {
        event.addAnnotatedType(OpenIdLogin.class, OpenIdLogin.class.getName());
        on = true;
      }
    } catch (WrongSetting e) {
      // SettingsExtension stops the deployment for it.
    }
  }

  /** Adds this room's interceptors to the container's mechanism, to report its failures. */
  <M extends HttpAuthenticationMechanism> void guard(@Observes ProcessAnnotatedType<M> event) {
    if (on) {
      event.configureAnnotatedType().add(new OpenIdGuarded.Literal());
    }
  }
}
