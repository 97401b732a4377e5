package org.rollcall.login;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Origins;
import org.rollcall.config.Settings;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.ContainerUsers;

/**
 * Logs a page's user out: ends the log-in on every node, and the container's session. Answers with
 * the address to which the page goes next, {@code {"next":"..."}}: to the issuer, so that it ends
 * its own session too (OpenID Connect RP-Initiated Logout 1.0), or back to the page. The answer
 * comes when every node knows, or after some seconds; no thread of the container's waits for that.
 */
@WebServlet(value = "/logout", asyncSupported = true)
public class LogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient ContainerUsers users;
  @Inject private transient Logouts logouts;
  @Inject private transient Instance<OpenIdContext> context;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (!Origins.isOwnPage(request::getHeader)) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    @Nullable Principal principal = request.getUserPrincipal();
    if (principal == null) {
      answer(response, request.getContextPath() + "/");
    } else {
      logOut(request, principal, response);
    }
  }

  private void logOut(HttpServletRequest request, Principal principal, HttpServletResponse response)
      throws IOException {
    String next = next(request);
    CompletionStage<Boolean> told =
        users
            .find(principal, request::isUserInRole)
            .map(user -> logouts.tell(Logout.of(user, Instant.now())))
            .orElseGet(() -> CompletableFuture.completedFuture(true));
    HttpSessions.end(request);
    // The page goes on in any case: nodes that do not know yet will.
    LateAnswer.give(
        request,
        response,
        told.thenApply(everywhere -> next).toCompletableFuture(),
        next,
        LogoutServlet::answer);
  }

  private static void answer(HttpServletResponse response, String next) throws IOException {
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(Json.createObjectBuilder().add("next", next).build().toString());
  }

  private String next(HttpServletRequest request) {
    String home = request.getContextPath() + "/";
    if (settings.tokens().oidc().flatMap(OidcSettings::client).isEmpty()) {
      return home;
    }
    @Nullable JsonObject issuer = context.get().getProviderMetadata();
    @Nullable IdentityToken token = context.get().getIdentityToken();
    if (issuer == null
        || token == null
        || !(issuer.get("end_session_endpoint") instanceof JsonString end)) {
      return home;
    }
    String self = request.getRequestURL().toString();
    String back = self.substring(0, self.length() - request.getServletPath().length()) + "/";
    return end.getString()
        + (end.getString().contains("?") ? "&" : "?")
        + "id_token_hint="
        + URLEncoder.encode(token.getToken(), StandardCharsets.UTF_8)
        + "&post_logout_redirect_uri="
        + URLEncoder.encode(back, StandardCharsets.UTF_8);
  }
}
