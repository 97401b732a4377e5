package org.rollcall.login;

import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;

/**
 * The declaration of log-in by OpenID Connect (Jakarta Security 3.0). The principal's name is
 * {@code sub}, which every ID token has as a text: Soteria fails on a claim that is an integer. Who
 * the user is, the ID token itself says. Without a bean's annotation, as the container would turn
 * it on for every deployment: {@code start} adds it if the settings name an issuer and a client.
 */
@OpenIdAuthenticationMechanismDefinition(
    providerURI = "${rollcallProvider.issuer}",
    clientId = "${rollcallProvider.clientId}",
    clientSecret = "${rollcallProvider.clientSecret}",
    redirectURI = "${baseURL}" + LoginServlet.CALLBACK,
    claimsDefinition =
        @ClaimsDefinition(
            callerNameClaim = "sub",
            callerGroupsClaim = "${rollcallProvider.groupsClaim}"))
public class OpenIdLogin {}
